// Receives Chatwoot's webhooks: checks their sender, and answers when they are on disk.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const LONGEST_BODY = 2 * 1024 * 1024;
const FRESH_SECONDS = 300;

/** `accept` stores the work. The answer waits only for that, because Chatwoot waits only five seconds. */
export function listen({ secret, path, port }, accept) {
  const server = createServer((request, response) => {
    receive(request, { secret, path }, accept).then(
      status => response.writeHead(status).end(),
      error => {
        console.error('webhook', error.message);
        response.writeHead(500).end();
      }
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

async function receive(request, { secret, path }, accept) {
  if (request.method !== 'POST' || request.url.split('?')[0] !== path) return 404;
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) return 413;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (secret !== null && !isSigned(request.headers, body, secret)) return 401;
  let payload;
  try {
    payload = JSON.parse(body);
  } catch {
    return 400;
  }
  if (typeof payload !== 'object' || payload === null) return 400;
  await accept(payload);
  return 200;
}

/** Verifies `X-Chatwoot-Signature: sha256=<hex>` over `<timestamp>.<body>`, with the secret from the settings of the inbox. */
export function isSigned(headers, body, secret, now = Date.now()) {
  const timestamp = String(headers['x-chatwoot-timestamp'] ?? '');
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`);
  const given = Buffer.from(String(headers['x-chatwoot-signature'] ?? ''));
  const isFresh = Math.abs(now / 1000 - Number(timestamp)) < FRESH_SECONDS;
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected);
}
