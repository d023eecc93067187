// A port of https://github.com/PranayMahendrakar/whatsapp-baileys-bot (MIT), written for Baileys: answers `!ping`, `!help`, `!info`, `!time` and `!echo`.
import { isIncoming, WabusClient } from '@wabus/sdk';

const { WABUS_URL = 'http://localhost:3000', WABUS_TOKEN, WABUS_SESSION = 'default' } = process.env;

// makeWASocket: the server handles credentials, versions, reconnects and the message store.
const sock = new WabusClient({ url: WABUS_URL, token: WABUS_TOKEN, session: WABUS_SESSION });
sock.onError(error => console.error(String(error)));

sock.on('connection.update', ({ connection, qr }) => {
  if (qr) console.log('scan', qr);
  if (connection) console.log('connection', connection);
});

// sock.ev.on('messages.upsert') becomes a durable subscription, which keeps events while the bot is not running. `type !== 'notify'` would skip messages that
// arrived while the session was offline; `isIncoming` accepts both types, and none of the account's own messages.
await sock.durable('baileys-bot', { events: ['messages.upsert'], sessions: [WABUS_SESSION] }, async event => {
  if (!isIncoming(event) || event.data.messages[0].key.remoteJid === 'status@broadcast') return;
  const [message] = event.data.messages;
  const content = message.message;
  const text = content.conversation ?? content.extendedTextMessage?.text ?? content.imageMessage?.caption ?? content.videoMessage?.caption;
  const reply = text ? replyTo(text) : null;
  if (reply)
    await sock.commands.with({ idempotencyKey: event.id }).sendMessage(message.key.remoteJid, { text: reply }, { quoted: message });
});
console.log('ready');

function replyTo(text) {
  const command = text.toLowerCase().trim();
  if (command === '!ping') return '🏓 Pong!';
  if (command === '!help') return ['*Commands*', '!ping', '!help', '!info', '!time', '!echo <text>'].join('\n');
  if (command === '!info') return 'A bot that was written for Baileys, on Wabus.';
  if (command === '!time') return `🕐 ${new Date().toLocaleString()}`;
  if (command.startsWith('!echo ')) return `🔁 ${text.slice('!echo '.length).trim()}`;
  return null;
}
