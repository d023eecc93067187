// Sends an image with two plain HTTP requests: it uploads the file, then sends a message that refers to it.
//   node send-media.mjs <session> <phone number or jid> <file> [caption]
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

const [session, jid, file, caption] = process.argv.slice(2);
if (!file) {
  console.error('usage: node send-media.mjs <session> <phone number or jid> <file> [caption]');
  process.exit(2);
}

const api = `${process.env.WABUS_URL ?? 'http://localhost:3000'}/api/sessions/${session}`;
const headers = { authorization: `Bearer ${process.env.WABUS_TOKEN}` };

// The file is streamed from disk, so it may be as large as the edge permits.
const form = new FormData();
form.append('file', await openAsBlob(file), basename(file));
const { media } = await answered(await fetch(`${api}/media`, { method: 'POST', headers, body: form }));
console.log('uploaded', media);

// If no response arrives, send the same request again with the same key: the command runs only once.
const key = `send-${media}`;
const sent = await answered(
  await fetch(`${api}/messages`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ jid, content: { image: { media }, caption } })
  })
);
console.log('sent', sent.key.id);

/** Returns the body of a response. An error has a code, and states whether a repetition may succeed. */
async function answered(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error.code}: ${body.error.message} (${body.error.retryable ? 'may be tried again' : 'final'})`);
  return body;
}
