import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Operation } from '@wabus/testing';
import { closeServer, listenOnLoopback } from '../http/loopback.listener.js';
import { PairingError } from '../pairing/pairing-error.js';
import { ControlError, Fields } from './operation-fields.reader.js';
import type { OperationTable } from './control-context.js';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** The default of five seconds closes connections while clients on a busy machine still use them. */
const KEEP_ALIVE_MS = 60_000;

/** The control API over HTTP on loopback: `POST /<operation>` with JSON in and JSON out, `{error}` with status 400 if the operation is refused. */
export class ControlServer {
  private readonly http: Server;

  constructor(private readonly operations: OperationTable) {
    this.http = createServer((request, response) => void this.serve(request, response));
    this.http.keepAliveTimeout = KEEP_ALIVE_MS;
    this.http.on('clientError', (_err, socket) => socket.destroy());
  }

  /** Listens and resolves with the port; 0 selects a free one. */
  listen(port: number): Promise<number> {
    return listenOnLoopback(this.http, port);
  }

  /** Terminates waiting requests and resolves once the port is free. */
  close(): Promise<void> {
    return closeServer(this.http);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      reply(response, 200, await this.run(request));
    } catch (err) {
      const reason = err instanceof PairingError ? { reason: err.reason } : {};
      reply(response, 400, { error: err instanceof Error ? err.message : String(err), ...reason });
    }
  }

  private async run(request: IncomingMessage): Promise<unknown> {
    const name = (request.url ?? '').split('?')[0]?.replace(/^\/+/, '') ?? '';
    if (request.method !== 'POST') throw new ControlError('control operations are POST requests');
    if (!this.knows(name)) throw new ControlError(`unknown operation: ${name}`);
    return this.operations[name](new Fields(await readJson(request)));
  }

  private knows(name: string): name is Operation {
    return Object.hasOwn(this.operations, name);
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ControlError(`the body must be at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ControlError('the body must be JSON');
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  // If the body was not read to its end, the connection is unusable.
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, response.req.complete ? headers : { ...headers, connection: 'close' });
  response.end(text);
}
