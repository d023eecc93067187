import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const sha256 = (data: Uint8Array | string, form: 'base64' | 'hex' = 'hex'): string => createHash('sha256').update(data).digest(form);
const hmac = (key: Uint8Array | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Adds the checks that S3 makes for version 4 and s3rver does not: it refuses requests with a wrong signature, body hash or checksum, and uploads
 * that must not replace an object (`If-None-Match: *`), and forwards the others.
 * The signature is computed from AWS' published description ("Signature Version 4 signing process").
 */
export class SignedFront {
  /** The requests that are withheld after `hold`. */
  readonly held: string[] = [];
  /** How many requests for objects get the response from before the object existed. */
  early = 0;
  private isHolding = false;
  /** Objects that are being created. */
  private readonly making = new Set<string>();
  private readonly server: Server;

  constructor(
    private readonly target: string,
    private readonly account: { accessKeyId: string; secretAccessKey: string }
  ) {
    this.server = createServer((request, response) => {
      this.take(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Withholds the responses to uploads. */
  hold(): void {
    this.isHolding = true;
  }

  /** Responds to later requests again. */
  pass(): void {
    this.isHolding = false;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (this.isHolding && request.method === 'PUT') return void this.held.push(request.url!);
    const fault = this.faultOf(request, body);
    if (fault !== null) return void response.writeHead(fault === 'BadDigest' ? 400 : 403).end(`<Error><Code>${fault}</Code></Error>`);
    if (request.method === 'HEAD' && this.early > 0) {
      this.early--;
      return void response.writeHead(404).end();
    }
    if (request.method !== 'PUT' || request.headers['if-none-match'] !== '*') return this.forward(request, response, body);
    const object = request.url!;
    const refuse = (): void => void response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    if (this.making.has(object)) return refuse();
    this.making.add(object);
    try {
      if ((await fetch(`${this.target}${object}`, { method: 'HEAD' })).ok) return refuse();
      await this.forward(request, response, body);
    } finally {
      this.making.delete(object);
    }
  }

  private async forward(request: IncomingMessage, response: ServerResponse, body: Buffer<ArrayBuffer>): Promise<void> {
    const { host: _host, authorization: _authorization, connection: _connection, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(`${this.target}${request.url}`, { method: request.method!, headers, ...(body.length > 0 ? { body } : {}) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  }

  private faultOf({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
    const given =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        headers.authorization ?? ''
      );
    if (!given) return 'AccessDenied';
    const [, id, scope, names, signature] = given as unknown as [string, string, string, string, string];
    const { pathname, searchParams } = new URL(url!, 'http://x');
    const content = String(headers['x-amz-content-sha256']);
    const query = [...searchParams].map(pair => pair.map(encoded).join('=')).sort();
    const signed = names.split(';').map(name => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`);
    const canonical = [method, pathname, query.join('&'), signed.join(''), names, content].join('\n');
    const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n');
    const key = scope.split('/').reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${this.account.secretAccessKey}`);
    const isSigned = id === this.account.accessKeyId && hmac(key, text).toString('hex') === signature;
    if (!isSigned || !names.includes('host') || !names.includes('x-amz-date')) return 'SignatureDoesNotMatch';
    if (method !== 'PUT') return null;
    const isWhole = content === sha256(body) && headers['x-amz-checksum-sha256'] === sha256(body, 'base64');
    return isWhole ? null : 'BadDigest';
  }
}
