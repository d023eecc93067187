import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { WabusError } from '@wabus/contracts';
import { readUpload, type UploadedFile } from './upload.reader.js';

const LIMITS = { maxFileBytes: 1_000_000, pace: { bytesPerSecond: 1_000, patienceMs: 300, limitMs: 5_000 } };
const PART = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n';
const FIELD = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n';

/** A server that responds with the outcome of an upload, and tracks those in progress. */
let server: Server;
let port: number;
let underWay = 0;
let settled: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    underWay++;
    void readUpload(request, { fileName: undefined, limits: LIMITS }, read)
      .then(
        text => text,
        (thrown: unknown) => (thrown instanceof WabusError ? thrown.code : String(thrown))
      )
      .then(outcome => {
        underWay--;
        settled.push(outcome);
        response.end(outcome);
      });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => (settled = []));
afterEach(() => expect(underWay).toBe(0));

async function read({ content }: UploadedFile): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return `got ${Buffer.concat(pieces).toString()}`;
}

interface Sent {
  readonly body: string;
  /** The announced length of the body; its actual length by default. */
  readonly announced?: number;
  readonly type?: string;
  /** Closes the connection after the body. */
  readonly gone?: boolean;
}

/** Returns the outcome of the upload, as reported by the reader itself. */
async function upload({ body, announced, type = 'multipart/form-data; boundary=b', gone = false }: Sent): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const length = announced ?? Buffer.byteLength(body);
  socket
    .on('error', () => undefined)
    .write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`);
  socket.resume();
  if (gone) setTimeout(() => socket.destroy(), 50);
  while (settled.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
  socket.destroy();
  return settled[0]!;
}

test('a form with fields and a file', async () => {
  expect(await upload({ body: `${FIELD}${PART}content\r\n${FIELD}--b--\r\n` })).toBe('got content');
});

test('only the first file of a form counts', async () => {
  expect(await upload({ body: `${PART}one\r\n${PART}two\r\n--b--\r\n` })).toBe('got one');
});

test.each<[string, Sent]>([
  ['18 boundaries and nothing else', { body: '--b\r\n'.repeat(18) }],
  ['18 fields, then the end', { body: FIELD.repeat(18) + PART }],
  ['a part without headers', { body: '--b\r\n\r\n--b--\r\n' }],
  ['no part at all', { body: '--b--\r\n' }],
  ['nothing', { body: '' }],
  ['a thousand parts without names', { body: '--b\r\nX: y\r\n\r\n1\r\n'.repeat(1_000) }],
  ['too many fields', { body: `${FIELD.repeat(40)}--b--\r\n` }],
  ['a header that never ends', { body: `--b\r\n${'x'.repeat(100_000)}` }],
  ['a file that is cut', { body: `${PART}conte` }],
  ['a second file that is cut', { body: `${PART}one\r\n${PART}tw` }],
  ['a client that leaves during a file', { body: `${PART}conte`, announced: 1_000, gone: true }],
  ['a client that leaves during a header', { body: '--b\r\nConte', announced: 1_000, gone: true }],
  ['a client that leaves during a plain body', { body: 'conte', announced: 1_000, type: 'text/plain', gone: true }],
  ['a form that is never finished', { body: `${PART}conte`, announced: 1_000 }],
  ['a form that never begins', { body: '', announced: 1_000 }],
  ['a plain body that is never finished', { body: 'conte', announced: 1_000, type: 'text/plain' }],
  ['no boundary', { body: 'x', type: 'multipart/form-data' }],
  ['an empty boundary', { body: '--\r\n\r\n----', type: 'multipart/form-data; boundary=' }]
])('%s settles with INVALID_REQUEST', async (_what, sent) => {
  expect(await upload(sent)).toBe('INVALID_REQUEST');
});

test('a part that is too long settles with PAYLOAD_TOO_LARGE', async () => {
  expect(await upload({ body: 'x'.repeat(2_000_000) })).toBe('PAYLOAD_TOO_LARGE');
});

test('a byte now and then does not keep an upload alive', async () => {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n');
  const drip = setInterval(() => socket.write('x'), 50);
  while (settled.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
  clearInterval(drip);
  socket.destroy();
  expect(settled).toEqual(['INVALID_REQUEST']);
});
