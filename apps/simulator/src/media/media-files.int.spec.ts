import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decryptMediaRetryData, downloadContentFromMessage, toBuffer } from '@whiskeysockets/baileys';
import { encryptMediaRetry } from './media-encryption.codec.js';
import { MediaFiles } from './media-files.js';

let server: Server;
let media: MediaFiles;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => void media.handle(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const hostAndPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${hostAndPort}`;
  media = new MediaFiles(() => hostAndPort, { maxBlobBytes: 1000, maxTotalBytes: 10_000, expiresAfterMs: 60_000 });
});

afterAll(() => new Promise(resolve => server.close(resolve)));

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');
const upload = (path: string, bytes: Buffer, token = media.uploadToken): Promise<Response> =>
  fetch(`${origin}${path}/${hashOf(bytes)}?auth=${token}&token=x`, { method: 'POST', body: new Uint8Array(bytes) });

test.each(['image', 'video', 'audio', 'document', 'sticker'] as const)(
  "what the phone stores as %s is readable with Baileys' download",
  async type => {
    const bytes = Buffer.from(`a file of type ${type}`);
    const reference = await media.storeMedia(bytes, type);
    expect(await toBuffer(await downloadContentFromMessage(reference, type))).toEqual(bytes);
    expect(reference.fileSha256).toEqual(createHash('sha256').update(bytes).digest());
    expect(reference.fileLength).toBe(bytes.length);
  }
);

test('an upload can be fetched from the URL in the response', async () => {
  const bytes = Buffer.from('ciphertext');
  const { url } = (await (await upload('/mms/image', bytes)).json()) as { url: string };
  expect(url).toBe(`${origin}/media/${hashOf(bytes)}`);
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
});

test('an address works until the second that it contains', async () => {
  const url = media.storePlain(Buffer.from('signed'));
  const at = async (until: number) => (await fetch(`${url}?oe=${Math.floor(until / 1000).toString(16)}`)).status;
  expect([await at(Date.now() + 60_000), await at(Date.now() - 2_000)]).toEqual([200, 403]);
});

test('a part of a blob can be fetched, but nothing outside it', async () => {
  const url = media.storePlain(Buffer.from('0123456789'));
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
  expect(await (await fetch(url, { headers: { range: 'bytes=7-' } })).text()).toBe('789');
  expect((await fetch(url, { headers: { range: 'bytes=10-' } })).status).toBe(416);
});

test('an upload with a wrong token, hash, size or path is refused', async () => {
  const bytes = Buffer.from('ciphertext of nobody');
  const wrongHash = fetch(`${origin}/mms/image/${hashOf(bytes)}?auth=${media.uploadToken}`, { method: 'POST', body: 'something else' });
  const statuses = await Promise.all([
    upload('/mms/image', bytes, 'guess').then(({ status }) => status),
    wrongHash.then(({ status }) => status),
    upload('/mms/image', Buffer.alloc(1001)).then(({ status }) => status),
    upload('/mms/nonsense', bytes).then(({ status }) => status)
  ]);
  expect(statuses).toEqual([401, 400, 413, 404]);
  expect(media.store.get(hashOf(bytes))).toEqual({ found: 'never' });
});

test('410, 404 and 405 answer requests for other blobs', async () => {
  const url = media.storePlain(Buffer.from('to be forgotten'));
  media.store.forget(hashOf(Buffer.from('to be forgotten')));
  const statuses = [await fetch(url), await fetch(`${origin}/media/unknown`), await fetch(url, { method: 'PUT' })].map(
    ({ status }) => status
  );
  expect(statuses).toEqual([410, 404, 405]);
});

test("Baileys reads the phone's response to an upload request", () => {
  const mediaKey = Buffer.alloc(32, 7);
  const { ciphertext, iv } = encryptMediaRetry('MESSAGE', '/media/x', mediaKey);
  expect(decryptMediaRetryData({ ciphertext, iv }, mediaKey, 'MESSAGE')).toMatchObject({ stanzaId: 'MESSAGE', directPath: '/media/x' });
});
