// Copies the file of each message to <bucket>/<session>/<yyyy-mm-dd>/<message id>.<ext> in any S3-compatible store.
// It handles each event at least once; a repetition is harmless, because an existing object is not written again. You can start it several times: the
// processes share the work.
import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RetryDelivery, WabusClient } from '@wabus/sdk';
import { AwsClient } from 'aws4fetch';

const {
  WABUS_URL = 'http://localhost:3000',
  WABUS_TOKEN,
  S3_URL,
  S3_BUCKET = 'media',
  S3_REGION = 'us-east-1',
  S3_ACCESS_KEY,
  S3_SECRET_KEY
} = process.env;
const TERMS = { events: ['messages.upsert'], maxInFlight: 4, ackWaitMs: 120_000, maxDeliveries: 100 };
/** The position at which a new subscription begins. Default: now. */
const SINCE = process.env.WABUS_SINCE ? { since: process.env.WABUS_SINCE } : {};
const RETRY_MS = 10_000;
const FILES = ['imageMessage', 'videoMessage', 'ptvMessage', 'audioMessage', 'documentMessage', 'stickerMessage'];
const WRAPPERS = ['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'documentWithCaptionMessage'];
const EXTENSIONS = {
  'application/pdf': 'pdf',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4'
};

const s3 = new AwsClient({ accessKeyId: S3_ACCESS_KEY, secretAccessKey: S3_SECRET_KEY, service: 's3', region: S3_REGION, retries: 3 });
const client = new WabusClient({ url: WABUS_URL, token: WABUS_TOKEN });
client.onError(error => console.error(error.code, error.message));
const folder = mkdtempSync(join(tmpdir(), 'media-to-s3-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.close());

await client.durable('media-to-s3', { ...TERMS, ...SINCE }, async event => {
  const [message] = event.data.messages;
  const file = fileOf(message.message);
  if (file === null) return;
  try {
    console.log(...(await copied(event, message, file)));
  } catch (error) {
    // The file is no longer available anywhere, so nothing is left to do for the event.
    if (error.code === 'MEDIA_GONE') return console.log('gone', event.session, message.key.id);
    console.error('again later', event.session, message.key.id, error.message);
    throw new RetryDelivery(RETRY_MS, error.message);
  }
});
console.log('copying');

/** Returns what was done, and the key of the object. */
async function copied(event, message, file) {
  const base = keyOf(event.session, message, file);
  for (const key of [base, withSuffix(base, event.id)]) {
    const owner = await ownerOf(key);
    if (owner === event.id) return ['there', key];
    // Senders choose the ids of messages, so another message may have the same id.
    if (owner !== null) continue;
    const digest = await copy(event, key, file);
    if (digest !== null) return ['copied', key, digest];
    // Another process or another message has created the object in the meantime.
    if ((await ownerOf(key)) === event.id) return ['there', key];
  }
  throw new Error(`the objects for ${base} belong to others`);
}

/** Returns the event to whose file an object belongs; `null` if there is no such object. */
async function ownerOf(key) {
  const response = await s3.fetch(addressOf(key), { method: 'HEAD' });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`S3 answered HEAD with status ${response.status}`);
  return response.headers.get('x-amz-meta-wabus-event') ?? '';
}

/**
 * Copies a file through the disk: S3 requires its length and checksum first, and many files would not fit into memory. Returns the checksum; `null` if the
 * object already exists.
 */
async function copy({ session, cursor, id }, key, { mimetype }) {
  const path = join(folder, createHash('sha256').update(id).digest('hex'));
  try {
    const { stream } = await client.media.download(cursor, { session });
    const hash = createHash('sha256');
    const hashed = Readable.fromWeb(stream).on('data', chunk => hash.update(chunk));
    await pipeline(hashed, createWriteStream(path));
    const digest = hash.digest();
    const response = await s3.fetch(addressOf(key), {
      method: 'PUT',
      headers: {
        'content-type': mimetype ?? 'application/octet-stream',
        // Two messages with the same id may be copied at the same time.
        'if-none-match': '*',
        // S3 refuses content that does not match the checksum.
        'x-amz-content-sha256': digest.toString('hex'),
        'x-amz-checksum-sha256': digest.toString('base64'),
        'x-amz-meta-wabus-event': id,
        'x-amz-meta-sha256': digest.toString('hex')
      },
      body: await openAsBlob(path)
    });
    if (response.status === 412) return null;
    if (!response.ok) throw new Error(`S3 answered with status ${response.status}: ${(await response.text()).slice(0, 200)}`);
    return digest.toString('hex');
  } finally {
    await unlink(path).catch(() => undefined);
  }
}

function fileOf(message) {
  const wrapper = WRAPPERS.find(name => message?.[name]?.message);
  if (wrapper) return fileOf(message[wrapper].message);
  return message?.[FILES.find(name => message?.[name])] ?? null;
}

function keyOf(session, { key, messageTimestamp }, { mimetype = '', fileName }) {
  const day = new Date(Number(messageTimestamp ?? 0) * 1000).toISOString().slice(0, 10);
  const extension =
    EXTENSIONS[mimetype.split(';')[0].trim()] ?? /^\.\w{1,10}$/.exec(extname(String(fileName ?? '')))?.[0].slice(1) ?? 'bin';
  return `${session}/${day}/${key.id.replace(/[^\w-]/g, '_')}.${extension}`;
}

function withSuffix(key, id) {
  return key.replace(/\.(\w+)$/, `-${createHash('sha256').update(id).digest('hex').slice(0, 8)}.$1`);
}

function addressOf(key) {
  return `${S3_URL.replace(/\/+$/, '')}/${S3_BUCKET}/${key}`;
}
