// The same as resume.mjs with the SDK, which saves the position in a file and automatically continues from there, even after a lost connection.
import { WabusClient } from '@wabus/sdk';
import { FileCursorStore } from '@wabus/sdk/node';

const client = new WabusClient({
  url: process.env.WABUS_URL ?? 'http://localhost:3000',
  token: process.env.WABUS_TOKEN,
  cursors: new FileCursorStore(process.env.WABUS_CURSOR_FOLDER ?? 'cursors')
});
client.onError(error => console.error(error.code, error.message));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());

// `since` applies only if no position is stored yet.
const events = client.events({ name: 'resume', events: ['messages.upsert'], since: new Date().toISOString() });
console.log('started');
for await (const { session, data } of events) {
  const [message] = data.messages;
  console.log('message', session, message.message?.conversation ?? '(no text)');
  // An event counts as handled when the loop requests the next one. After an earlier crash, it is delivered again.
}
console.log('stopped');
