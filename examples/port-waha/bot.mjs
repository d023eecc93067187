// A bot that was written only from the documentation of WAHA: https://waha.devlike.pro/docs/how-to/ (2026-11-30). It contains nothing specific to Wabus.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { WAHA_URL = 'http://localhost:3000', WAHA_API_KEY, WAHA_SESSION: session = 'default', PORT = '8080' } = process.env;
const { BOT_URL = `http://localhost:${PORT}/bot`, HMAC_KEY = 'my-secret-key' } = process.env;

/** Sends one request to WAHA. */
async function waha(method, path, body) {
  const response = await fetch(WAHA_URL + path, {
    method,
    headers: { 'X-Api-Key': WAHA_API_KEY, 'Content-Type': 'application/json', Accept: 'application/json' },
    body: body && JSON.stringify(body)
  });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text}`), { status: response.status });
  return text && JSON.parse(text);
}

/** Follows "How to avoid blocking": seen, typing, then the text. */
async function reply({ from: chatId, id, participant }, text) {
  await waha('POST', '/api/sendSeen', { session, chatId, messageId: id, participant });
  await waha('POST', '/api/startTyping', { session, chatId });
  await waha('POST', '/api/stopTyping', { session, chatId });
  return waha('POST', '/api/sendText', { session, chatId, text, reply_to: id });
}

async function answer(payload) {
  const { hasMedia, media, body } = payload;
  if (hasMedia) {
    const file = await fetch(media.url, { headers: { 'X-Api-Key': WAHA_API_KEY } });
    const { byteLength } = await file.arrayBuffer();
    return reply(payload, `${media.mimetype} of ${byteLength} bytes`);
  }
  if (body === '/ping') return waha('PUT', '/api/reaction', { session, messageId: payload.id, reaction: '🏓' });
  return reply(payload, `echo: ${body}`);
}

createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const expected = Buffer.from(createHmac('sha512', HMAC_KEY).update(raw).digest('hex'));
    const given = Buffer.from(request.headers['x-webhook-hmac'] ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    const { event, payload } = JSON.parse(raw);
    if (event === 'session.status') console.log('status', payload.status);
    if (event === 'message') {
      await answer(payload);
      console.log('answered', payload.from, payload.body);
    }
    response.end('OK');
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
}).listen(Number(PORT), async () => {
  const config = { webhooks: [{ url: BOT_URL, events: ['message', 'session.status'], hmac: { key: HMAC_KEY } }] };
  try {
    await waha('POST', '/api/sessions', { name: session, config });
  } catch (error) {
    if (error.status !== 422) throw error;
    await waha('PUT', `/api/sessions/${session}`, { name: session, config });
  }
  const { status, me } = await waha('GET', `/api/sessions/${session}`);
  console.log('ready', status, me?.id ?? 'not linked');
});
