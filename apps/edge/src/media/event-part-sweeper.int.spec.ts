import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { decodeCursor, EVENT_PARTS_BUCKET, mediaAttributes, mediaObjectName, type SessionId } from '@wabus/contracts';
import { createLogger, Log } from '@wabus/runtime';
import { awaitCondition } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN } from '../edge.fixture.js';
import { Erasures } from '../erasure/erasures.registry.js';
import { EventPartSweeper } from './event-part-sweeper.js';

const TEXT = 'a long text '.repeat(100_000);
const PART = `media_part-${createHash('sha256').update(TEXT).digest('base64url')}`;
const JID = '15550000001@s.whatsapp.net';

/** The test acts as the connector. */
describe('a part of an event', () => {
  let edge: EdgeFixture;
  const put = (session: string, media: string, text: string): Promise<unknown> =>
    edge.broker.objectStores
      .store(EVENT_PARTS_BUCKET)
      .put(mediaObjectName(session as SessionId, media), Readable.from([Buffer.from(text)]), {
        maxBytes: text.length,
        attributes: mediaAttributes({ mimetype: 'text/plain; charset=utf-8', fileName: null })
      });
  const fetchPart = (session: string, token: string): Promise<Response> =>
    fetch(`${edge.url}/api/sessions/${session}/media/${PART}`, { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_MODELS_LEASE_MS: '800' });
    for (const session of ['sales', 'other', 'empty']) await edge.client().post('/api/sessions', { session });
    await put('sales', PART, TEXT);
    await put('other', PART, TEXT);
  }, 30_000);
  afterAll(() => edge?.stop());

  test('is served with the right to read its session', async () => {
    for (const token of [READER_TOKEN, SALES_TOKEN]) {
      const response = await fetchPart('sales', token);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('content-disposition')).toContain('attachment');
      expect((await response.text()) === TEXT).toBe(true);
    }
  });

  test('is refused without it, and unknown under another session', async () => {
    expect((await fetchPart('other', SALES_TOKEN)).status).toBe(403);
    expect((await fetchPart('oth%65r', SALES_TOKEN)).status).toBe(403);
    expect((await fetchPart('empty', READER_TOKEN)).status).toBe(404);
    expect((await fetchPart('sales', 'nobody')).status).toBe(401);
  });

  test('provides the start of its text for the read model', async () => {
    const large = { $large: { media: PART, form: 'text', bytes: TEXT.length, sha256: 'x', preview: 'a zebra of a text' } };
    const message = {
      key: { remoteJid: JID, id: 'L1', fromMe: false },
      messageTimestamp: Math.floor(Date.now() / 1000),
      message: { conversation: large }
    };
    await edge.publish('sales', 'messages.upsert', { messages: [message], type: 'notify' });
    const found = await awaitCondition(
      async () => JSON.stringify((await edge.client().get('/api/sessions/sales/store/messages/search?query=zebra')).body),
      text => text.includes('L1'),
      { waitMs: 20_000, what: 'the message in the read model' }
    );
    expect(found).toContain(PART);
  }, 30_000);

  test('is deleted with its event when the log exceeds its size', async () => {
    const { eventLog, objectStores } = edge.broker;
    const log = new Log(createLogger({ service: 'edge', level: 'fatal' }));
    const sweeper = new EventPartSweeper(objectStores, new Erasures(), eventLog, log);
    await put('sales', PART, TEXT);
    await edge.publish('sales', 'chats.delete', [JID]);
    await sweeper.sweep(3_600_000);
    expect((await fetchPart('other', READER_TOKEN)).status).toBe(200);
    // The part was stored before the oldest remaining event.
    await sweeper.sweep(0);
    expect((await fetchPart('other', READER_TOKEN)).status).toBe(404);
    expect((await fetchPart('sales', READER_TOKEN)).status).toBe(200);
    await edge.publish('sales', 'chats.delete', [JID]);
    const { sequence } = decodeCursor(await eventLog.end())!;
    await edge.dropEventsBefore(sequence);
    await sweeper.sweep(0);
    expect((await fetchPart('sales', READER_TOKEN)).status).toBe(404);
  });
});
