// Answers every text with the same text. You can start it several times: the bots share the work, and each message is answered once.
import { isIncoming, WabusClient } from '@wabus/sdk';

/** Two bots that answer each other never stop. A sender who returns our text within this time counts as a bot. */
const AT_ONCE_SECONDS = 5;

const client = new WabusClient({ url: process.env.WABUS_URL ?? 'http://localhost:3000', token: process.env.WABUS_TOKEN });
client.onError(error => console.error(error.code, error.message));

/** The last answer in each chat: the id of the answered event, its text, and when the message was written. */
const answers = new Map();

// A durable subscription: events that arrive while no bot is running wait for the next one, and another bot receives events that a bot did not finish.
await client.durable('echo-bot', { events: ['messages.upsert'] }, async event => {
  const { id, session, data } = event;
  const [message] = data.messages;
  const text = message.message?.conversation ?? message.message?.extendedTextMessage?.text;
  // Messages that arrived while the session or the bot was offline count too, whatever their age. `isIncoming(event, { maxAgeMs })` would skip old ones.
  if (!isIncoming(event) || !text || message.key.remoteJid.endsWith('@g.us')) return;
  const chat = `${session} ${message.key.remoteJid}`;
  const last = answers.get(chat);
  const at = Number(message.messageTimestamp);
  if (last && last.id !== id && text.includes(last.text) && at - last.at <= AT_ONCE_SECONDS)
    return console.log('left to another bot', session, text);
  answers.set(chat, { id, text, at });
  // The id of the event is the key, so the answer is sent once, even if this bot crashes before it has acknowledged the event.
  await client.commands.with({ session, idempotencyKey: `echo-${id}` }).sendMessage(message.key.remoteJid, { text });
  console.log('answered', session, message.key.remoteJid, text);
});
console.log('listening');

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());
