// Answers every text with the same text. Start it several times: the bots share the work, and each message is answered once.
import { isIncoming, WabusClient } from '@wabus/sdk';

/** Two programs that answer each other never stop. Who sends our words back at once is one. */
const AT_ONCE_SECONDS = 5;

const client = new WabusClient({ url: process.env.WABUS_URL ?? 'http://localhost:3000', token: process.env.WABUS_TOKEN });
client.onError(error => console.error(error.code, error.message));

/** The last answer in each chat: the event that it answers, its text, and when the message was written. */
const answers = new Map();

// A durable subscription: what comes while no bot runs waits for the next one, and what a bot did not finish comes to another.
await client.durable('echo-bot', { events: ['messages.upsert'] }, async event => {
  const { id, session, data } = event;
  const [message] = data.messages;
  const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
  // What waited while the session or the bot was away counts too, however old: `isIncoming(event, { maxAgeMs })` would leave it out.
  if (!isIncoming(event) || !text || message.key.remoteJid.endsWith('@g.us')) return;
  const chat = `${session} ${message.key.remoteJid}`;
  const last = answers.get(chat);
  const at = Number(message.messageTimestamp);
  if (last && last.id !== id && text.includes(last.text) && at - last.at <= AT_ONCE_SECONDS)
    return console.log('left to another bot', session, text);
  answers.set(chat, { id, text, at });
  // The id of the event as the key: the answer is sent once, even if this bot dies before it has acknowledged the event.
  await client.commands.with({ session, idempotencyKey: `echo-${id}` }).sendMessage(message.key.remoteJid, { text });
  console.log('answered', session, message.key.remoteJid, text);
});
console.log('listening');

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());
