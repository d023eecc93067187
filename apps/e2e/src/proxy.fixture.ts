import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createTempFolder } from '@wabus/testing';
import { createServer as createSocksServer } from '@pondwader/socks5-server';
import { Server, type PrepareRequestFunctionOpts } from 'proxy-chain';

/** A proxy as operators run it, on this machine. */
export interface RunningProxy extends AsyncDisposable {
  readonly protocol: 'http' | 'https' | 'socks5';
  readonly port: number;
  /** The requested targets, in order: host and port as the client wrote them. */
  readonly targets: string[];
  /** Returns the number of connections with a wrong user or password. */
  refused(): number;
}

export interface ProxyLogin {
  readonly username: string;
  readonly password: string;
}

/** Starts an HTTP proxy that requires a user and a password; with a certificate it speaks TLS to its clients. */
export async function startHttpProxy(login: ProxyLogin, certificate?: { key: string; cert: string }): Promise<RunningProxy> {
  const targets: string[] = [];
  let refused = 0;
  const options = {
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ username, password, hostname, port }: PrepareRequestFunctionOpts) => {
      if (username !== login.username || password !== login.password) {
        refused++;
        return { requestAuthentication: true };
      }
      targets.push(`${hostname}:${port}`);
      return {};
    }
  };
  const server = new Server(certificate ? { ...options, serverType: 'https', httpsOptions: certificate } : options);
  await server.listen();
  return {
    protocol: certificate ? 'https' : 'http',
    port: server.port,
    targets,
    refused: () => refused,
    [Symbol.asyncDispose]: () => server.close(true)
  };
}

/** Starts a SOCKS5 proxy that requires a user and a password. */
export async function startSocksProxy(login: ProxyLogin): Promise<RunningProxy> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  let refused = 0;
  const socks = createSocksServer();
  socks.setAuthHandler(({ username, password }) => {
    const right = username === login.username && password === login.password;
    if (!right) refused++;
    return right;
  });
  socks.setRulesetValidator(({ destAddress, destPort }) => {
    targets.push(`${destAddress}:${destPort}`);
    return true;
  });
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    socks._handleConnection(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    protocol: 'socks5',
    port: (server.address() as AddressInfo).port,
    targets,
    refused: () => refused,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => void server.close(() => resolve()));
    }
  };
}

/** Creates a certificate for `localhost`, new each time so that it never expires in a test; `caFile` makes a process trust it. */
export function makeCertificate(): { key: string; cert: string; caFile: string; remove(): void } {
  const folder = createTempFolder('certificate');
  const [key, cert] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert
    ],
    { stdio: 'ignore' }
  );
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), caFile: cert, remove: () => folder.remove() };
}
