import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from './test-certificates.js';

/** Like WhatsApp's own policy: requests to other hosts are not permitted. */
const SECURITY = "default-src 'self'; connect-src 'self'; style-src 'unsafe-inline'";
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>WhatsApp (stand-in)</title>
<style>body{font:20px/1.6 system-ui,sans-serif;background:#f0f2f5;color:#222;margin:0}main{max-width:34rem;margin:4rem auto;background:#fff;padding:2rem 3rem}</style></head>
<body><main><h1>WhatsApp Web</h1><p>A stand-in for https://web.whatsapp.com in a test: same name, same origin, a certificate of its own.</p></main>`;

/** A local simulation of `https://web.whatsapp.com`. */
export class WhatsAppPage implements AsyncDisposable {
  private gate: Promise<void> = Promise.resolve();
  /** Completes the pages that `hold` has stopped. */
  release: () => void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async listen(identity: TestCertificate): Promise<WhatsAppPage> {
    const server = createServer(identity, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': SECURITY }).write(PAGE);
      void page.gate.then(() => response.end());
    });
    const page = new WhatsAppPage(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return page;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Keeps every page incomplete until `release`. */
  hold(): void {
    this.gate = new Promise(resolve => (this.release = resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
