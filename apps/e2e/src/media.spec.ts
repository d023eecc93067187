import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import type { CommandOutcome, MediaReference } from '@wabus/contracts';
import { awaitCondition, type LaunchedProcess, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const MEBIBYTE = 1024 * 1024;
const LARGE_BYTES = 100 * MEBIBYTE;
/**
 * V8 collects used buffers only after 64 MiB of them, regardless of the
 * transfer; a process that kept the file in memory would need that and the file.
 * Measured: 67 to 86 MiB.
 */
const GROWTH_LIMIT_BYTES = 110 * MEBIBYTE;

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
/** Recognized as MP4 by file-type. */
const MP4 = Buffer.concat([Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'), Buffer.alloc(64)]);
const OGG = Buffer.concat([
  Buffer.from('4f67675300020000000000000000000000000000000000000000011e', 'hex'),
  Buffer.from('OpusHead'),
  Buffer.alloc(64)
]);
const WEBP = Buffer.concat([Buffer.from('524946462400000057454250565038200000000000000000', 'hex'), Buffer.alloc(32)]);
const TEXT = Buffer.from('a letter');

/** One second of silence in telephone quality. */
const WAV = Buffer.concat([
  Buffer.from('52494646a43e000057415645666d74201000000001000100401f0000803e00000200100064617461803e0000', 'hex'),
  Buffer.alloc(16_000)
]);
const FFMPEG = process.env['WABUS_TEST_FFMPEG'];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Resets the peak memory that Linux records for a process. */
const forgetPeak = ({ pid }: LaunchedProcess): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
const memory = ({ pid }: LaunchedProcess, what: 'VmHWM' | 'VmRSS'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

describe('media', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  /** A third-party web server. */
  let web: Server;
  let webPort: number;
  let fetched = 0;

  beforeAll(async () => {
    web = createServer((request, response) => {
      fetched++;
      if (request.url === '/page')
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end(`<title>Plain</title><meta property="og:title" content="Fünf &amp; drei"><meta property="og:image" content="/cat.png">`);
      else if (request.url === '/away') response.writeHead(302, { location: `http://127.0.0.1:${webPort}/cat.png` }).end();
      else if (request.url === '/missing') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/plain' }).end(PNG);
    });
    await new Promise<void>(resolve => web.listen(0, '127.0.0.1', resolve));
    webPort = (web.address() as AddressInfo).port;
    const limit = { WABUS_MEDIA_MAX_FILE_BYTES: String(LARGE_BYTES + MEBIBYTE) };
    const connectorEnv = { ...limit, WABUS_FFMPEG: FFMPEG ?? 'off' };
    wabus = await WabusFixture.start({ roles: true, connectorEnv, edgeEnv: { ...limit, WABUS_EGRESS_ALLOW: 'localhost' } });
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    await wabus.edge.post('/api/sessions', { session: 'other' });
  }, 90_000);
  afterAll(async () => {
    await wabus?.stop();
    web.closeAllConnections();
    web.close();
  }, 60_000);

  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(wabus.edge.url + path, {
      ...init,
      headers: { authorization: `Bearer ${wabus.edge.token}`, ...(init.headers as Record<string, string>) }
    });
  const upload = async (
    bytes: Uint8Array,
    { session = 'main', type = 'application/octet-stream', query = '' } = {}
  ): Promise<MediaReference> => {
    const body = bytes as Uint8Array<ArrayBuffer>;
    const answer = await request(`/api/sessions/${session}/media${query}`, { method: 'POST', body, headers: { 'content-type': type } });
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as MediaReference;
  };
  const command = async (method: string, args: unknown, headers = {}): Promise<CommandOutcome> =>
    (await wabus.edge.post<CommandOutcome>(`/api/sessions/main/commands/${method}`, { args }, headers)).body;
  const send = (content: unknown, headers = {}): Promise<CommandOutcome> =>
    command('sendMessage', { jid: contact.pnJid, content }, headers);
  const codeOf = (outcome: CommandOutcome): string => (outcome.ok ? 'ok' : outcome.error.code);
  /** Resolves with the message that the contact received, from the id in the outcome. */
  const received = async (outcome: CommandOutcome): Promise<Record<string, Record<string, unknown>>> => {
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const { id } = (outcome.data as { key: { id: string } }).key;
    const all = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      messages => messages.some(message => message.id === id)
    );
    return all.find(message => message.id === id)!.message as Record<string, Record<string, unknown>>;
  };
  /** Makes the contact send a message to the session; resolves with the cursor of the event. */
  const sendBack = async (message: object): Promise<string> => {
    const { id } = await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message });
    const found = await awaitCondition(
      () =>
        wabus.edge.get<{ events: { cursor: string; data: { messages?: { key: { id: string } }[] } }[] }>(
          '/api/sessions/main/events?events=messages.upsert&limit=100'
        ),
      ({ body }) => body.events.some(({ data }) => data.messages?.[0]?.key.id === id)
    );
    return found.body.events.find(({ data }) => data.messages?.[0]?.key.id === id)!.cursor;
  };

  test('an upload reports its type and can be read in parts', async () => {
    const reference = await upload(PNG, { type: 'text/html', query: '?fileName=../a/cat.png' });
    expect(reference).toEqual({
      media: expect.stringMatching(/^media_/) as unknown,
      mimetype: 'image/png',
      bytes: PNG.length,
      sha256: sha256(PNG),
      expiresAt: expect.any(String) as unknown,
      fileName: 'cat.png'
    });
    const path = `/api/sessions/main/media/${reference.media}`;
    const whole = await request(path);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('content-disposition')]).toEqual([
      200,
      'image/png',
      `inline; filename="cat.png"; filename*=UTF-8''cat.png`
    ]);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(PNG);
    const part = await request(path, { headers: { range: 'bytes=1-3' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 1-3/${PNG.length}`, 'PNG']);
    expect((await request(path, { headers: { range: `bytes=${PNG.length}-` } })).status).toBe(416);
    const head = await request(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PNG.length)]);
  });

  test('the file of a form is stored unchanged', async () => {
    const form = new FormData();
    form.append('comment', 'a field');
    form.append('file', new Blob(['a,b\n']), 'täble.csv');
    const answer = await request('/api/sessions/main/media', { method: 'POST', body: form });
    expect([answer.status, await answer.json()]).toEqual([201, expect.objectContaining({ bytes: 4, fileName: 'täble.csv' })]);
  });

  test.each([
    ['image', PNG, { caption: 'a cat' }, 'imageMessage', { caption: 'a cat', mimetype: 'image/png' }],
    ['video', MP4, { gifPlayback: true, seconds: 3 }, 'videoMessage', { gifPlayback: true, seconds: 3, mimetype: 'video/mp4' }],
    ['video', MP4, { ptv: true }, 'ptvMessage', { mimetype: 'video/mp4' }],
    ['audio', OGG, { ptt: true, seconds: 2, waveform: [1, 2, 3] }, 'audioMessage', { ptt: true, seconds: 2 }],
    [
      'document',
      TEXT,
      { fileName: 'letter.txt', mimetype: 'text/plain' },
      'documentMessage',
      { fileName: 'letter.txt', mimetype: 'text/plain' }
    ],
    ['sticker', WEBP, { isAnimated: false }, 'stickerMessage', { mimetype: 'image/webp' }]
  ] as const)('%s by reference reaches the contact', async (kind, bytes, rest, field, fields) => {
    const { media } = await upload(bytes);
    const message = await received(await send({ [kind]: { media }, ...rest }));
    expect(message[field]).toMatchObject({ ...fields, fileSha256: createHash('sha256').update(bytes).digest('base64') });
  });

  test('bytes and an address are sent like an upload', async () => {
    const inline = await received(await send({ image: { type: 'Buffer', data: PNG.toString('base64') } }));
    const content = { image: { url: `http://localhost:${webPort}/cat.png` } };
    const first = await send(content, { 'idempotency-key': 'cat' });
    const second = await send(content, { 'idempotency-key': 'cat' });
    const linked = await received(first);
    for (const { imageMessage } of [inline, linked]) expect(imageMessage).toMatchObject({ mimetype: 'image/png', fileLength: PNG.length });
    expect([second, fetched]).toEqual([first, 1]);
  });

  test.each([
    ['base64', { base64: PNG.toString('base64') }],
    ['a data URL', { url: `data:image/png;base64,${PNG.toString('base64')}` }]
  ])('%s is sent like an upload', async (_name, image) => {
    const { imageMessage } = await received(await send({ image }));
    expect(imageMessage).toMatchObject({ mimetype: 'image/png', fileLength: PNG.length });
  });

  test('a document of a data URL has the type in the URL', async () => {
    const { documentMessage } = await received(await send({ document: { url: 'data:text/csv,a%2Cb' }, fileName: 'a.csv' }));
    expect(documentMessage).toMatchObject({ mimetype: 'text/csv', fileLength: 3, fileName: 'a.csv' });
  });

  (FFMPEG === undefined ? test.skip : test)('converted audio is sent as a voice note', async () => {
    const { audioMessage } = await received(await send({ audio: { base64: WAV.toString('base64') }, ptt: true, convert: true }));
    expect(audioMessage).toMatchObject({ mimetype: 'audio/ogg; codecs=opus', ptt: true, seconds: 1 });
    expect(Buffer.from(audioMessage!['waveform'] as string, 'base64')).toHaveLength(64);
    const { stickerMessage } = await received(await send({ sticker: { base64: PNG.toString('base64') }, convert: true }));
    expect(stickerMessage).toMatchObject({ mimetype: 'image/webp', isAnimated: false });
  });

  (FFMPEG === undefined ? test : test.skip)('without ffmpeg a conversion is refused by name', async () =>
    expect(codeOf(await send({ audio: { base64: WAV.toString('base64') }, convert: true }))).toBe('CONVERSION_UNAVAILABLE')
  );

  test('a text has the preview of its first link on request', async () => {
    const text = `look: http://localhost:${webPort}/page`;
    const plain = await received(await send({ text }));
    expect([plain['conversation'] ?? plain['extendedTextMessage']!['text'], plain['extendedTextMessage']?.['title']]).toEqual([
      text,
      undefined
    ]);
    const before = fetched;
    const asked = { jid: contact.pnJid, content: { text }, options: { linkPreview: true } };
    const [first, second] = [
      await command('sendMessage', asked, { 'idempotency-key': 'link' }),
      await command('sendMessage', asked, { 'idempotency-key': 'link' })
    ];
    const { extendedTextMessage } = await received(first);
    expect(extendedTextMessage).toMatchObject({ text, matchedText: `http://localhost:${webPort}/page`, title: 'Fünf & drei' });
    expect(
      Buffer.from(extendedTextMessage!['jpegThumbnail'] as string, 'base64')
        .subarray(0, 3)
        .toString('hex')
    ).toBe('ffd8ff');
    expect([second, fetched > before]).toEqual([first, true]);
    const nowhere = await received(await command('sendMessage', { ...asked, content: { text: 'https://127.0.0.1/secret' } }));
    expect(nowhere['extendedTextMessage']?.['title']).toBeUndefined();
  });

  test('the file of a message can be read by cursor or reference', async () => {
    const { documentMessage } = await received(
      await send({ document: { media: (await upload(TEXT)).media }, fileName: 'letter.html', mimetype: 'text/html' })
    );
    const cursor = await sendBack({ documentMessage });
    const answer = await request(`/api/sessions/main/media/${cursor}`, { headers: { range: 'bytes=2-' } });
    // The browser must not run a stranger's page in the origin of this server.
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), await answer.text()]).toEqual([
      206,
      'text/html',
      `attachment; filename="letter.html"; filename*=UTF-8''letter.html`,
      'letter'
    ]);
    const elsewhere = await request(`/api/sessions/other/media/${cursor}`);
    expect(elsewhere.status).toBe(404);
  });

  test('a file missing on WhatsApp comes from the phone, or is gone', async () => {
    const { documentMessage: file } = await received(await send({ document: { media: (await upload(randomBytes(100))).media } }));
    const cursor = await sendBack({ documentMessage: file });
    const event = await wabus.edge.get<{
      events: { cursor: string; data: { messages: [{ key: object; message: { documentMessage: object } }] } }[];
    }>('/api/sessions/main/events?events=messages.upsert&limit=100');
    const [arrived] = event.body.events.find(one => one.cursor === cursor)!.data.messages;
    const [url, directPath] = ['url', 'directPath'].map(name => String(file![name]).replace(/[^/]+$/, 'unknown'));
    const stale = { key: arrived.key, message: { documentMessage: { ...arrived.message.documentMessage, url, directPath } } };
    const again = await command('downloadMedia', { message: stale });
    expect(again).toMatchObject({ ok: true, data: { bytes: 100 } });
    const nobodys = {
      ...stale,
      message: { documentMessage: { ...stale.message.documentMessage, fileEncSha256: { type: 'Buffer', data: 'AAAA' } } },
      key: { ...arrived.key, id: 'NEVER' }
    };
    expect(codeOf(await command('downloadMedia', { message: nobodys }))).toBe('MEDIA_GONE');
    const before = fetched;
    const elsewhere = {
      key: arrived.key,
      message: { documentMessage: { ...arrived.message.documentMessage, url: `http://127.0.0.1:${webPort}/cat.png`, directPath: null } }
    };
    expect([codeOf(await command('downloadMedia', { message: elsewhere })), fetched]).toEqual(['INVALID_ARGUMENTS', before]);
  });

  test('a large file streams through edge and connector both ways', async () => {
    const bytes = randomBytes(LARGE_BYTES);
    const processes = [wabus.edges[0]!, wabus.connectors[0]!];
    const before = processes.map(process => memory(process, 'VmRSS'));
    processes.forEach(forgetPeak);
    const reference = await upload(bytes);
    const message = await received(await send({ document: { media: reference.media }, fileName: 'large.bin' }));
    const cursor = await sendBack({ documentMessage: message['documentMessage'] });
    const back = Buffer.from(await (await request(`/api/sessions/main/media/${cursor}`)).arrayBuffer());
    const growth = processes.map((process, i) => memory(process, 'VmHWM') - before[i]!);
    expect(sha256(back)).toBe(sha256(bytes));
    process.stderr.write(`growth of edge and connector: ${growth.map(one => Math.round(one / MEBIBYTE)).join(', ')} MiB\n`);
    for (const one of growth) expect(one).toBeLessThan(GROWTH_LIMIT_BYTES);
  }, 60_000);

  test.each([
    [{ image: { url: '/etc/passwd' } }, 'INVALID_ARGUMENTS'],
    [{ image: { url: 'file:///etc/passwd' } }, 'INVALID_ARGUMENTS'],
    [{ image: { url: 'data:image/png;base64,AAAA' } }, 'INVALID_ARGUMENTS'],
    [{ image: '/etc/passwd' }, 'INVALID_ARGUMENTS'],
    [{ image: { stream: 'x' } }, 'INVALID_ARGUMENTS'],
    [{ image: { media: '../main.media_x' } }, 'INVALID_ARGUMENTS'],
    [{ image: { media: 'media_AAAAAAAAAAAAAAAAAAAAAAAA', url: 'https://example.org/' } }, 'INVALID_ARGUMENTS'],
    [{ image: { type: 'Buffer' } }, 'INVALID_ARGUMENTS'],
    [{ image: { type: 'Buffer', data: TEXT.toString('base64') } }, 'INVALID_ARGUMENTS'],
    [{ image: {} }, 'INVALID_ARGUMENTS'],
    [{ image: { media: 'media_AAAAAAAAAAAAAAAAAAAAAAAA' } }, 'UNKNOWN_MEDIA'],
    [{ image: { url: 'https://127.0.0.1/' } }, 'EGRESS_DENIED'],
    [{ image: { url: 'https://169.254.169.254/latest/meta-data' } }, 'EGRESS_DENIED'],
    [{ image: { url: 'http://[::1]/' } }, 'EGRESS_DENIED']
  ])('%j is refused with %s', async (content, code) => expect(codeOf(await send(content))).toBe(code));

  test('a redirect to a private address, or no file, is refused', async () => {
    const at = (path: string) => send({ image: { url: `http://localhost:${webPort}${path}` } });
    expect([codeOf(await at('/away')), codeOf(await at('/missing'))]).toEqual(['EGRESS_DENIED', 'EGRESS_FAILED']);
  });

  test('a session cannot use the file of another session', async () => {
    const { media } = await upload(PNG, { session: 'other' });
    expect(codeOf(await send({ image: { media } }))).toBe('UNKNOWN_MEDIA');
    expect((await request(`/api/sessions/main/media/${media}`)).status).toBe(404);
    const { media: own } = await upload(PNG);
    expect(await send({ video: { media: own } })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_ARGUMENTS', details: { fields: { 'content.video': [expect.any(String)] } } }
    });
    expect(codeOf(await command('productUpdate', ['123@s.whatsapp.net', { product: { name: 'x' } }]))).toBe('UNSUPPORTED_BY_WHATSAPP');
  });

  test('an upload that is too large, empty or cut off leaves nothing', async () => {
    const large = new Uint8Array(LARGE_BYTES + 2 * MEBIBYTE);
    const answer = await request('/api/sessions/main/media', {
      method: 'POST',
      body: large,
      headers: { 'content-type': 'image/png' }
    }).then(
      ({ status }) => status,
      // The edge responds while the client is still sending, and closes the connection.
      () => 413
    );
    expect(answer).toBe(413);
    expect((await request('/api/sessions/main/media', { method: 'POST', headers: { 'content-type': 'image/png' } })).status).toBe(400);
    const cut = await new Promise<string>(resolve => {
      const socket = connectTcp({ host: '127.0.0.1', port: Number(new URL(wabus.edge.url).port), allowHalfOpen: true });
      const boundary = 'xx';
      const body = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nthe beginning`;
      socket.end(
        `POST /api/sessions/main/media HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${wabus.edge.token}\r\ncontent-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`
      );
      let text = '';
      socket.on('data', data => (text += data.toString())).on('close', () => resolve(text));
    });
    expect(cut).toMatch(/^HTTP\/1\.1 400 [^]*INVALID_REQUEST/);
  });

  test('no process has warned of a leak', () => {
    const lines = [...wabus.connectors, ...wabus.edges].flatMap(process => process.lines);
    expect(lines.filter(line => line.includes('MaxListenersExceeded'))).toEqual([]);
  });
});
