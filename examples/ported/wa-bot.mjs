// A port of https://github.com/rizalrorschach/wa-bot (MIT), written for whatsapp-web.js: `.sticker` below a picture or video, `!everyone` in a group.
import wa from '@wabus/sdk';

const { WABUS_URL = 'http://localhost:3000', WABUS_TOKEN, WABUS_SESSION = 'default' } = process.env;

// client.on('qr'), client.on('ready'), client.initialize()
wa.connection.onUpdate(({ qr }) => qr && console.log('scan', qr));
wa.connection.onError(error => console.error(String(error)));
wa.connect(WABUS_URL, { token: WABUS_TOKEN, identifier: WABUS_SESSION });

// client.on('message') becomes a durable subscription, which keeps events while the bot is not running.
const terms = { events: ['messages.upsert'], sessions: [WABUS_SESSION] };
await wa.client.durable('wa-bot', terms, async ({ id, data }) => {
  const [message] = data.messages;
  const { key, message: content } = message;
  if (key.fromMe || !content) return;
  const commands = wa.client.commands.with({ idempotencyKey: id });
  const chat = key.remoteJid;
  // message.body
  const body = content.conversation ?? content.extendedTextMessage?.text ?? content.imageMessage?.caption ?? content.videoMessage?.caption;

  if (body === '.sticker' && (content.imageMessage || content.videoMessage)) {
    // message.downloadMedia(), sendMediaAsSticker
    const { media } = await wa.client.commands.downloadMedia(message);
    await commands.sendMessage(chat, { sticker: { media }, convert: true });
  }

  if (body === '!everyone' && chat.endsWith('@g.us')) {
    // chat.participants
    const { participants } = await wa.client.commands.groupMetadata(chat);
    const mentions = participants.map(participant => participant.id);
    await commands.sendMessage(chat, { text: mentions.map(jid => `@${jid.split('@')[0]}`).join(' '), mentions });
  }
});
console.log('ready');
