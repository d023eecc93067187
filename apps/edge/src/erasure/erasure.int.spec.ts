import { Readable } from 'node:stream';
import {
  EVENT_PARTS_BUCKET,
  EVENT_SCHEMA_VERSION,
  goneKey,
  mediaObjectName,
  recordKey,
  REGISTRY_BUCKET,
  type DeadLetterPage,
  type EventEnvelope,
  type MediaReference,
  type SessionId,
  type SubscriptionView,
  type WebhookView
} from '@wabus/contracts';
import { awaitCondition, WebhookReceiver, type EventClient } from '@wabus/testing';
import { EdgeFixture } from '../edge.fixture.js';

const PN = '15550000001@s.whatsapp.net';
const OLD = 'of the former session';
const NEW = 'of the next session';
const BESIDE = 'of another session';
const reuse = 'reuse' as SessionId;

interface Page {
  events: EventEnvelope[];
  cursor: string;
}

/** The test acts as the connector. A second edge runs next to the first one. */
describe('a session name that is used again', () => {
  let edge: EdgeFixture;
  let second: EdgeFixture;
  let receiver: WebhookReceiver;
  let refuser: WebhookReceiver;
  let socket: EventClient;
  /** The data of an event stream on the other edge that was open during the whole test. */
  let streamed = '';
  const streamOver = new AbortController();
  let published = 0;
  /** The position before anything was published. */
  let start = '';
  const made = { own: '', shared: '', all: '', media: '', part: `media_part-${'p'.repeat(43)}` };

  const registry = () => edge.broker.buckets.bucket(REGISTRY_BUCKET);
  const get = async <Body>(path: string, from = edge): Promise<Body> => (await from.client().get<Body>(path)).body;
  const post = async <Body>(path: string, body: unknown): Promise<Body> => (await edge.client().post<Body>(path, body)).body;
  const message = (text: string): object => ({
    messages: [
      { key: { remoteJid: PN, id: `M${++published}` }, messageTimestamp: Math.floor(Date.now() / 1000), message: { conversation: text } }
    ],
    type: 'notify'
  });
  const publish = (session: SessionId, text: string, epoch: number): Promise<unknown> =>
    edge.broker.eventLog.pipeline.publish(
      {
        id: `${session}.${epoch}.${++published}`,
        session,
        event: 'messages.upsert',
        epoch,
        at: new Date().toISOString(),
        schemaVersion: EVENT_SCHEMA_VERSION
      },
      JSON.stringify(message(text))
    );
  const subscribe = (durable: string, sessions?: string[]): Promise<unknown> =>
    socket.socket.timeout(5_000).emitWithAck('subscribe', {
      durable,
      events: ['messages.upsert'],
      maxDeliveries: 1,
      since: start,
      ...(sessions ? { sessions } : {})
    });
  const page = (session: string, from = edge): Promise<Page> =>
    get<Page>(`/api/sessions/${session}/events?events=messages.upsert&since=${start}&limit=1000`, from);

  beforeAll(async () => {
    edge = await EdgeFixture.launch({
      WABUS_MODELS_LEASE_MS: '800',
      WABUS_WEBHOOK_LEASE_MS: '800',
      WABUS_EGRESS_ALLOW: '127.0.0.1',
      WABUS_WEBHOOK_MAX_ATTEMPTS: '1'
    });
    second = await edge.another();
    [receiver, refuser] = await Promise.all([WebhookReceiver.listen(), WebhookReceiver.listen()]);
    refuser.answerWith(() => 400);
    for (const session of [reuse, 'other']) await post('/api/sessions', { session });
    start = (await get<Page>('/api/events')).cursor;
    socket = await edge.client().connectEvents();
    await socket.subscribe({ events: ['messages.upsert'] });
    socket.socket.on('delivery', (_delivery: unknown, acknowledge: (answer: unknown) => void) => acknowledge({ ok: false, error: 'no' }));
    const headers = { authorization: `Bearer ${second.client().token}`, accept: 'text/event-stream' };
    const stream = await fetch(`${second.url}/api/sessions/${reuse}/events`, { headers, signal: streamOver.signal });
    void (async () => {
      for await (const chunk of stream.body!) streamed += Buffer.from(chunk as Uint8Array).toString('utf8');
    })().catch(() => undefined);
    made.own = (await post<WebhookView>('/api/webhooks', { url: receiver.url, events: ['messages.*'], sessions: [reuse] })).id;
    made.shared = (await post<WebhookView>('/api/webhooks', { url: receiver.url, events: ['messages.*'], sessions: [reuse, 'other'] })).id;
    made.all = (await post<WebhookView>('/api/webhooks', { url: refuser.url, events: ['messages.*'] })).id;
    await Promise.all([subscribe('own', [reuse]), subscribe('shared', [reuse, 'other']), subscribe('all')]);
    await publish(reuse, OLD, 5);
    await publish('other' as SessionId, BESIDE, 6);
    const file = await fetch(`${edge.url}/api/sessions/${reuse}/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${edge.client().token}`, 'content-type': 'application/octet-stream' },
      body: 'a file'
    });
    made.media = ((await file.json()) as MediaReference).media;
    const parts = edge.broker.objectStores.store(EVENT_PARTS_BUCKET);
    for (const session of [reuse, 'other' as SessionId])
      await parts.put(mediaObjectName(session, made.part), Readable.from([Buffer.from('a part')]), { maxBytes: 6 });
    expect((await edge.client().get(`/api/sessions/${reuse}/media/${made.part}`)).status).toBe(200);
    await awaitCondition(
      async () => ({
        models: JSON.stringify(await get(`/api/sessions/${reuse}/store/messages/search?query=former`)),
        letters: JSON.stringify(await get(`/api/webhooks/${made.all}/dead-letters`)),
        dead: JSON.stringify(await get('/api/subscriptions/all/dead-letters'))
      }),
      ({ models, letters, dead }) =>
        models.includes(OLD) &&
        letters.includes(`"${reuse}"`) &&
        letters.includes('"other"') &&
        dead.includes(OLD) &&
        dead.includes(BESIDE),
      { waitMs: 20_000, what: 'everything that is kept of a session' }
    );
  }, 60_000);
  afterAll(async () => {
    streamOver.abort();
    await second?.stop();
    await edge?.stop();
    await Promise.all([receiver?.close(), refuser?.close()]);
  }, 30_000);

  it('is taken during the deletion, which shows its reason', async () => {
    const gone = await edge.client().delete(`/api/sessions/${reuse}`);
    expect(gone.body).toMatchObject({
      desired: 'deleted',
      deletion: { step: 'connector', waitsFor: expect.stringContaining('No connector') as string }
    });
    await expect(edge.client().post('/api/sessions', { session: reuse })).resolves.toMatchObject({
      status: 409,
      body: { error: { code: 'SESSION_EXISTS', retryable: true, details: { desired: 'deleted' } } }
    });
    expect((await page(reuse)).events).toHaveLength(1);
  });

  it('is available when every edge has erased the session', async () => {
    // As the owner of the session does.
    await registry().put(goneKey(reuse), Buffer.from(JSON.stringify({ epoch: 5, at: new Date().toISOString() })));
    await edge.broker.eventLog.purge(reuse);
    const entry = (await registry().get(recordKey(reuse)))!;
    const erased = { ...(JSON.parse(Buffer.from(entry.value).toString()) as object), erased: true };
    await registry().put(recordKey(reuse), Buffer.from(JSON.stringify(erased)));
    await awaitCondition(
      () => edge.client().post('/api/sessions', { session: reuse }),
      ({ status }) => status === 201,
      { waitMs: 20_000, what: 'the name of a deleted session' }
    );
  }, 30_000);

  it('shows no event of its predecessor, not even a late one', async () => {
    await publish(reuse, OLD, 5);
    await publish(reuse, NEW, 9);
    for (const from of [edge, second]) {
      const { events } = await awaitCondition(
        () => page(reuse, from),
        ({ events: found }) => found.length > 0
      );
      expect(JSON.stringify(events)).not.toContain(OLD);
      expect(JSON.stringify(events)).toContain(NEW);
    }
    const lines = await get<string>(`/api/sessions/${reuse}/events?since=${start}`);
    expect(JSON.stringify(lines)).not.toContain(OLD);
    const late = await second.client().connectEvents();
    await late.subscribe({ events: ['messages.upsert'], sessions: [reuse], since: start });
    await late.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(NEW));
    expect(JSON.stringify(late.arrived)).not.toContain(OLD);
    const hook = await WebhookReceiver.listen();
    await post('/api/webhooks', { url: hook.url, events: ['messages.*'], sessions: [reuse], since: start });
    await awaitCondition(
      () => JSON.stringify(hook.deliveries),
      text => text.includes(NEW),
      { waitMs: 20_000, what: 'the backfill of a webhook' }
    );
    expect(JSON.stringify(hook.deliveries)).not.toContain(OLD);
    await hook.close();
  }, 60_000);

  it('sends remaining clients nothing of its predecessor', async () => {
    const received = (text: string): number =>
      socket.arrived.filter(({ name, payload }) => name === 'messages.upsert' && JSON.stringify(payload).includes(text)).length;
    await socket.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(NEW));
    await awaitCondition(
      () => streamed,
      text => text.includes(NEW)
    );
    // Once each, from the time when the account was theirs, and not again with late events, which were published before.
    expect(received(OLD)).toBe(1);
    expect(streamed.split(OLD)).toHaveLength(2);
  });

  it('keeps the events of others, also for older cursors', async () => {
    const { events } = await page('other');
    expect(events).toHaveLength(1);
    const answer = await edge.client().get<Page & { truncated?: unknown }>(`/api/sessions/other/events?since=${start}`);
    expect(answer.body.truncated).toBeUndefined();
    const client = await edge.client().connectEvents();
    const outcome = await client.subscribe({ events: ['messages.upsert'], sessions: ['other'], since: start });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome).not.toHaveProperty('truncated');
    await client.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(BESIDE));
  }, 30_000);

  it('has none of its files, models, webhooks or dead letters', async () => {
    expect((await edge.client().get(`/api/sessions/${reuse}/media/${made.media}`)).body).toMatchObject({
      error: { code: 'UNKNOWN_MEDIA' }
    });
    expect((await edge.client().get(`/api/sessions/${reuse}/media/${made.part}`)).body).toMatchObject({
      error: { code: 'UNKNOWN_MEDIA' }
    });
    expect((await edge.client().get(`/api/sessions/other/media/${made.part}`)).status).toBe(200);
    expect(JSON.stringify(await get(`/api/sessions/${reuse}/store/messages/search?query=former`))).not.toContain(OLD);
    expect((await edge.client().get(`/api/webhooks/${made.own}`)).status).toBe(404);
    expect(await get(`/api/webhooks/${made.shared}`)).toMatchObject({ sessions: ['other'] });
    expect(await get(`/api/webhooks/${made.all}`)).toMatchObject({ sessions: '*' });
    const letters = JSON.stringify(await get(`/api/webhooks/${made.all}/dead-letters`));
    expect(letters).toContain('"other"');
    expect(letters).not.toContain(`${reuse}.5.`);
    const { subscriptions } = await get<{ subscriptions: SubscriptionView[] }>('/api/subscriptions');
    expect(subscriptions.map(({ name, sessions }) => [name, sessions])).toEqual([
      ['all', '*'],
      ['shared', ['other']]
    ]);
    const dead = JSON.stringify(await get<DeadLetterPage>('/api/subscriptions/all/dead-letters'));
    expect(dead).toContain(BESIDE);
    expect(dead).not.toContain(OLD);
  }, 30_000);

  it('is deleted completely by an edge that finds it half erased', async () => {
    await post('/api/sessions', { session: 'half' });
    const hook = await post<WebhookView>('/api/sessions/half/webhooks', { url: receiver.url, events: ['messages.*'] });
    await second.stopEdge();
    await edge.stopEdge();
    const entry = (await registry().get(recordKey('half' as SessionId)))!;
    const erased = { ...(JSON.parse(Buffer.from(entry.value).toString()) as object), desired: 'deleted', erased: true };
    await registry().put(recordKey('half' as SessionId), Buffer.from(JSON.stringify(erased)));
    await edge.startEdge();
    await awaitCondition(
      () => edge.client().get('/api/sessions/half'),
      ({ status }) => status === 404,
      { waitMs: 20_000, what: 'the end of a session that was half erased' }
    );
    expect((await edge.client().get(`/api/webhooks/${hook.id}`)).status).toBe(404);
  }, 60_000);
});
