// Answers every text with the same text. Start it several times: the bots share the work, and each message is answered once.
import { isIncoming, WabusClient } from '@wabus/sdk';

const HOUR_MS = 3_600_000;

const client = new WabusClient({ url: process.env.WABUS_URL ?? 'http://localhost:3000', token: process.env.WABUS_TOKEN });
client.onError(error => console.error(error.code, error.message));

// A durable subscription: what comes while no bot runs waits for the next one, and what a bot did not finish comes to another.
await client.durable('echo-bot', { events: ['messages.upsert'] }, async event => {
  const { id, session, data } = event;
  const [message] = data.messages;
  const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
  // What waited while the session was away counts too (`data.type` is `append` then), but nobody expects an echo of yesterday.
  const isNew = isIncoming(event, { maxAgeMs: HOUR_MS });
  if (!isNew || !text || message.key.remoteJid.endsWith('@g.us')) return;
  // The id of the event as the key: the answer is sent once, even if this bot dies before it has acknowledged the event.
  await client.commands.with({ session, idempotencyKey: `echo-${id}` }).sendMessage(message.key.remoteJid, { text });
  console.log('answered', session, message.key.remoteJid, text);
});
console.log('listening');

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());
