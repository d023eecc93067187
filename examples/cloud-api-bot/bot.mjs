// A bot that was written for Meta's WhatsApp Cloud API and contains nothing specific to Wabus. It answers texts, and reports the files that it received.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const {
  GRAPH_URL: graph = 'https://graph.facebook.com',
  GRAPH_VERSION: version = 'v23.0',
  PHONE_NUMBER_ID: phoneNumberId,
  WHATSAPP_TOKEN: token,
  APP_SECRET: appSecret,
  VERIFY_TOKEN: verifyToken,
  PORT: port = '8080'
} = process.env;
for (const name of ['PHONE_NUMBER_ID', 'WHATSAPP_TOKEN', 'APP_SECRET', 'VERIFY_TOKEN'])
  if (!process.env[name]) throw new Error(`${name} is not set`);

/** The ids of answered messages. A service with a database would store them there. */
const answered = new Set();

createServer((request, response) => {
  (request.method === 'GET' ? verify(request) : receive(request)).then(
    ([status, text = '']) => response.writeHead(status).end(text),
    error => {
      console.error(error.message);
      response.writeHead(500).end();
    }
  );
}).listen(Number(port), () => console.log('listening', port));

/** Returns the challenge, which proves that the URL belongs to this bot. */
async function verify(request) {
  const query = new URL(request.url, 'http://bot').searchParams;
  if (query.get('hub.mode') !== 'subscribe' || query.get('hub.verify_token') !== verifyToken) return [403];
  console.log('verified');
  return [200, query.get('hub.challenge')];
}

async function receive(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isSigned(request.headers['x-hub-signature-256'] ?? '', body)) {
    console.log('refused');
    return [401];
  }
  for (const { changes } of JSON.parse(body).entry) for (const { field, value } of changes) await handle(field, value);
  return [200];
}

/** Verifies the signature over the bytes as received. */
function isSigned(signature, body) {
  const expected = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function handle(field, { messages = [], statuses = [], message_echoes: echoes = [] }) {
  for (const { status, errors } of statuses) console.log('status', status, errors?.[0].title ?? '');
  for (const { to, text } of echoes) console.log('typed to', to, text?.body ?? '');
  if (field !== 'messages') return;
  for (const message of messages) {
    if (answered.has(message.id)) continue;
    await answer(message);
    answered.add(message.id);
  }
}

async function answer({ from, id, type, ...content }) {
  console.log('message', type);
  const { text, image } = content;
  if (text === undefined && image === undefined) return;
  await call(`${phoneNumberId}/messages`, { status: 'read', message_id: id, typing_indicator: { type: 'text' } });
  const reply = text === undefined ? `I got ${await sizeOf(image.id)} bytes of ${image.mime_type}` : `You said: ${text.body}`;
  await call(`${phoneNumberId}/messages`, { to: from, type: 'text', text: { body: reply }, context: { message_id: id } });
}

async function sizeOf(mediaId) {
  const { url } = await call(mediaId);
  const file = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return (await file.arrayBuffer()).byteLength;
}

async function call(path, body) {
  const response = await fetch(`${graph}/${version}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify({ messaging_product: 'whatsapp', ...body }) })
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.error.code}: ${answer.error.error_data?.details ?? answer.error.message}`);
  return answer;
}
