// Misses nothing while it is away: keeps the cursor of the last event it handled, and continues from there.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { io } from 'socket.io-client';

const file = process.env.WABUS_CURSOR_FILE ?? 'cursor.txt';
let cursor = existsSync(file) ? readFileSync(file, 'utf8') : undefined;

const socket = io(`${process.env.WABUS_URL ?? 'http://localhost:3000'}/api/events`, { auth: { token: process.env.WABUS_TOKEN } });

socket.on('connect', () => {
  // Without a cursor: from now on. With one: what was stored after it first, in order, then what is new.
  socket.emit('subscribe', { events: ['messages.upsert'], envelope: true, since: cursor }, outcome => {
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    if (outcome.truncated) console.log('missed: the log begins at', outcome.truncated.firstAt);
    // Also when nothing has come yet: what is stored from here on must not be missed.
    if (cursor === undefined) keep(outcome.cursor);
    console.log('subscribed');
  });
});

socket.on('messages.upsert', ({ session, data, cursor: here }) => {
  const [message] = data.messages;
  console.log('message', session, message.message?.conversation ?? '(no text)');
  // After the work: a crash in between brings this event again, never leaves one out.
  keep(here);
});

/** Written beside and renamed, so that a crash leaves the old cursor or the new one. */
function keep(newCursor) {
  cursor = newCursor;
  writeFileSync(`${file}.new`, cursor);
  renameSync(`${file}.new`, file);
}
