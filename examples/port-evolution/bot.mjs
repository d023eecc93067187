// A bot that was written only from the documentation of the Evolution API: https://doc.evolution-api.com/v2/ (2026-11-30). It contains nothing specific to
// Wabus.
import { createServer } from 'node:http';

const { EVOLUTION_API_URL = 'http://localhost:8080', EVOLUTION_API_KEY, EVOLUTION_INSTANCE: instance = 'bot', PORT = '3001' } = process.env;
const { WEBHOOK_URL = `http://localhost:${PORT}/webhook` } = process.env;

/** Sends one request to the Evolution API. */
async function evolution(method, path, body) {
  const response = await fetch(EVOLUTION_API_URL + path, {
    method,
    headers: { apikey: EVOLUTION_API_KEY, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body)
  });
  const json = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${method} ${path}: ${JSON.stringify(json.response?.message)}`), { status: json.status });
  return json;
}

const webhook = {
  enabled: true,
  url: WEBHOOK_URL,
  byEvents: true,
  base64: false,
  events: ['QRCODE_UPDATED', 'CONNECTION_UPDATE', 'MESSAGES_UPSERT']
};

async function start() {
  const known = await evolution('GET', '/instance/fetchInstances');
  if (!known.some(({ name }) => name === instance))
    await evolution('POST', '/instance/create', { instanceName: instance, integration: 'WHATSAPP-BAILEYS', qrcode: true });
  await evolution('POST', `/webhook/set/${instance}`, { webhook });
  const { instance: connection } = await evolution('GET', `/instance/connectionState/${instance}`);
  console.log('ready', connection.state);
}

async function answer({ key, message, messageType, pushName }) {
  if (key.fromMe || key.remoteJid.endsWith('@g.us')) return;
  const number = key.remoteJid.replace('@s.whatsapp.net', '');
  await evolution('POST', `/chat/markMessageAsRead/${instance}`, { readMessages: [key] });
  await evolution('POST', `/chat/sendPresence/${instance}`, { number, presence: 'composing', delay: 500 });
  const text = message.conversation ?? message.extendedTextMessage?.text;
  if (messageType === 'imageMessage') {
    const file = await evolution('POST', `/chat/getBase64FromMediaMessage/${instance}`, {
      message: { key: { id: key.id } },
      convertToMp4: false
    });
    const bytes = Buffer.from(file.base64, 'base64').length;
    await evolution('POST', `/message/sendText/${instance}`, { number, text: `${file.mimetype} of ${bytes} bytes` });
  } else if (text === '/ping') await evolution('POST', `/message/sendReaction/${instance}`, { key, reaction: '🏓' });
  else if (text)
    await evolution('POST', `/message/sendText/${instance}`, { number, text: `${pushName}, you wrote: ${text}`, quoted: { key, message } });
  console.log('answered', key.remoteJid, text ?? messageType);
}

const handlers = {
  '/webhook/messages-upsert': ({ data }) => answer(data),
  '/webhook/connection-update': ({ data }) => console.log('connection', data.state),
  '/webhook/qrcode-updated': ({ data }) => console.log('scan', data.qrcode.base64.slice(0, 22))
};

createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    await handlers[request.url]?.(JSON.parse(Buffer.concat(chunks)));
    response.end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end();
  }
}).listen(Number(PORT), start);
