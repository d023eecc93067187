// Takes the deliveries of a webhook: checks the signature, drops repeats, answers.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { WABUS_WEBHOOK_SECRET: secret, PORT: port = '8080' } = process.env;
if (!secret?.startsWith('whsec_'))
  throw new Error('WABUS_WEBHOOK_SECRET is the secret that the answer to creating the webhook holds: whsec_…');

/** Ids of deliveries that were handled. A service with a database keeps them there, beside what it did. */
const handled = new Set();

createServer((request, response) => {
  receive(request).then(
    status => response.writeHead(status).end(),
    error => {
      console.error(error.message);
      response.writeHead(500).end();
    }
  );
}).listen(Number(port), () => console.log('listening', port));

/** Settles with the status to answer: anything but 2xx brings the event again. */
async function receive(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!verify(request.headers, body)) {
    console.log('refused');
    return 401;
  }
  const id = request.headers['webhook-id'];
  if (handled.has(id)) console.log('again', id);
  else {
    const { session, event, data } = JSON.parse(body);
    console.log('event', session, event, JSON.stringify(data));
    // After the work, not before.
    handled.add(id);
  }
  return 204;
}

/** Over the bytes as they came: JSON that is parsed and written again may differ. */
function verify(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature = '' } = headers;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`);
  const given = signature.split(' ').map(each => Buffer.from(each));
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && given.some(each => each.length === expected.length && timingSafeEqual(each, expected));
}
