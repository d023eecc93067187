// Misses no event while it is not running: it saves the cursor of the last handled event, and continues from there.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { io } from 'socket.io-client';

const file = process.env.WABUS_CURSOR_FILE ?? 'cursor.txt';
let cursor = existsSync(file) ? readFileSync(file, 'utf8') : undefined;

const socket = io(`${process.env.WABUS_URL ?? 'http://localhost:3000'}/api/events`, { auth: { token: process.env.WABUS_TOKEN } });

socket.on('connect', () => {
  // Without a cursor, the subscription begins now. With one, the events stored after it arrive first, in order, and then new ones.
  socket.emit('subscribe', { events: ['messages.upsert'], envelope: true, since: cursor }, outcome => {
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    if (outcome.truncated) console.log('missed: the log begins at', outcome.truncated.firstAt);
    // Save the position even before the first event, so that no later event is missed.
    if (cursor === undefined) keep(outcome.cursor);
    console.log('subscribed');
  });
});

socket.on('messages.upsert', ({ session, data, cursor: here }) => {
  const [message] = data.messages;
  console.log('message', session, message.message?.conversation ?? '(no text)');
  // Save after the work: a crash in between delivers this event again, but never skips one.
  keep(here);
});

/** Writes a new file and renames it, so that a crash leaves either the old cursor or the new one. */
function keep(newCursor) {
  cursor = newCursor;
  writeFileSync(`${file}.new`, cursor);
  renameSync(`${file}.new`, file);
}
