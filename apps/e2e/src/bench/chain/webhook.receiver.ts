/**
 * The endpoint at the end of the chain: receives deliveries, responds with 200, and reports on request when it responded to which message. It is a
 * separate process, so that its CPU time does not count for any other, and it loads no code of ours.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AnsweredMessage } from './webhook-endpoint.js';

interface Delivery {
  data?: { messages?: { key: { id: string; fromMe?: boolean }; message?: object | null }[] };
}

let answered: AnsweredMessage[] = [];
const known = new Set<string>();

function take(body: string): void {
  const { data } = JSON.parse(body) as Delivery;
  for (const { key, message } of data?.messages ?? []) {
    if (key.fromMe === true || !message || known.has(key.id)) continue;
    known.add(key.id);
    answered.push({ id: key.id, at: performance.timeOrigin + performance.now() });
  }
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.method === 'POST') {
    response
      .once('finish', () => take(body))
      .writeHead(200)
      .end();
    return;
  }
  if (request.url === '/forget') answered = [];
  response.end(JSON.stringify(request.url === '/answered' ? answered : { received: known.size }));
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()));
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'));
