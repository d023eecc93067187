import {
  decodeCursor,
  EVENT_NAMES,
  encodeCursor,
  type EventEnvelope,
  type SubscriptionState,
  type SubscribeOutcome
} from '@wabus/contracts';
import { awaitCondition, type EdgeClient, type EventClient } from '@wabus/testing';
import { EdgeFixture, SALES_TOKEN } from '../edge.fixture.js';

const granted = (outcome: SubscribeOutcome): SubscriptionState => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
  return outcome;
};
const numbers = (events: EventClient): unknown[] => events.envelopes.map(({ data }) => data);
const upTo = (count: number, from = 1): number[] => Array.from({ length: count }, (_, i) => i + from);

describe('subscribing to the past', () => {
  let edge: EdgeFixture;
  let client: EdgeClient;
  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_EDGE_WINDOW_EVENTS: '100' });
    client = edge.client();
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  const publishAll = async (session: string, values: unknown[]): Promise<void> => {
    await Promise.all(values.map(value => edge.publish(session, 'call', value)));
  };
  const all = (events: EventClient, count: number): Promise<unknown> =>
    awaitCondition(
      () => events.envelopes.length,
      length => length >= count,
      { what: `${count} events` }
    );

  it('delivers an envelope with facts and the exact payload', async () => {
    const events = await client.connectEvents();
    await events.subscribe({ events: ['call'], sessions: ['env'], envelope: true });
    const payload = { text: 'ä "quoted" \u2028 💬\n', '},"data":': [1] };
    await edge.publish('env', 'call', payload);
    const { args } = await events.awaitEvent<EventEnvelope>('call');
    expect(args).toEqual([
      {
        id: expect.stringMatching(/^test-/) as string,
        session: 'env',
        event: 'call',
        cursor: expect.any(String) as string,
        at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        epoch: 1,
        schemaVersion: 1,
        data: payload
      }
    ]);
  });

  it.each([
    ['envelopes', 3, {}],
    ['envelopes that are older than the memory', 1_200, {}],
    ['batches', 1_200, { batch: true }]
  ])('resumes after a cursor without gaps or repeats: %s', async (name, missed, form) => {
    const session = `resume-${name.length}-${missed}`;
    const before = await client.connectEvents();
    await before.follow({ events: ['call'], sessions: [session], ...form });
    await publishAll(session, upTo(5));
    await all(before, 5);
    before.close();
    await publishAll(session, upTo(missed, 6));
    const after = await client.connectEvents();
    const goingOn = publishAll(session, upTo(300, missed + 6));
    const state = granted(await after.follow({ events: ['call'], sessions: [session], since: before.cursor!, ...form }));
    expect(state).toMatchObject({ granted: ['call'], sessions: [session], cursor: before.cursor, refused: [] });
    expect(state.truncated).toBeUndefined();
    await goingOn;
    await publishAll(session, ['live']);
    await all(after, missed + 301);
    expect(numbers(after)).toEqual([...upTo(missed + 300, 6), 'live']);
  });

  it('starts at a time', async () => {
    await publishAll('timed', [1, 2]);
    const middle = new Date(Date.now() + 1).toISOString();
    await awaitCondition(
      () => Date.now(),
      now => now > Date.parse(middle)
    );
    await publishAll('timed', [3, 4]);
    const events = await client.connectEvents();
    const state = granted(await events.follow({ events: ['call'], sessions: ['timed'], since: middle }));
    await all(events, 2);
    expect(numbers(events)).toEqual([3, 4]);
    // The returned cursor stands for the same position.
    const again = await client.connectEvents();
    await again.follow({ events: ['call'], sessions: ['timed'], since: state.cursor });
    await all(again, 2);
    expect(numbers(again)).toEqual([3, 4]);
  });

  it('replays only events that are requested and permitted', async () => {
    const start = granted(await (await client.connectEvents()).subscribe(['call'])).cursor;
    await edge.publish('support', 'call', 'not permitted');
    await edge.publish('sales', 'chats.lock', 'not asked for');
    await edge.publish('sales', 'call', 'wanted');
    const events = await edge.client(SALES_TOKEN).connectEvents();
    await events.follow({ events: ['call'], since: start });
    await edge.publish('support', 'call', 'not permitted');
    await edge.publish('sales', 'call', 'live');
    await all(events, 2);
    expect(numbers(events)).toEqual(['wanted', 'live']);
    await expect(events.subscribe({ events: ['call'], sessions: ['support'], since: start })).resolves.toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' }
    });
  });

  it('replays for one subscription without repeating another', async () => {
    const events = await client.connectEvents();
    const { cursor } = granted(await events.follow({ events: ['call'], sessions: ['one'] }));
    await publishAll('one', ['a', 'b']);
    await edge.publish('two', 'call', 'c');
    await all(events, 2);
    await events.subscribe({ events: ['call'], sessions: ['two'], since: cursor, envelope: true });
    await publishAll('one', ['d']);
    await all(events, 4);
    expect(numbers(events)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('ends a replay that is unsubscribed', async () => {
    const events = await client.connectEvents();
    const { cursor } = granted(await events.subscribe(['call']));
    await publishAll('ends', upTo(3));
    await events.subscribe({ events: ['call'], sessions: ['ends'], since: cursor });
    await expect(events.unsubscribe()).resolves.toMatchObject({ ok: true, granted: [] });
    events.forget();
    await publishAll('ends', ['unheard']);
    await events.subscribe(['chats.lock']);
    await edge.publish('ends', 'chats.lock', 'heard');
    await events.awaitEvent('chats.lock');
    expect(events.arrived.map(({ name }) => name)).toEqual(['chats.lock']);
  });

  it('grants the known part of a request and refuses the rest', async () => {
    const events = await edge.client(SALES_TOKEN).connectEvents();
    const request = { events: ['messages.*', 'nope', 'call'], sessions: ['sales', 'support'] };
    const state = granted(await events.subscribe(request));
    expect(state.granted).toEqual([...EVENT_NAMES.filter(name => name.startsWith('messages.')), 'call']);
    expect(state.sessions).toEqual(['sales']);
    expect(state.refused).toMatchObject([
      { name: 'nope', error: { code: 'UNKNOWN_EVENT' } },
      { name: 'support', error: { code: 'FORBIDDEN' } }
    ]);
    await expect(events.subscribe(['*'])).resolves.toMatchObject({ granted: expect.arrayContaining([...EVENT_NAMES]) as string[] });
  });

  it('gives only the events of certain chats', async () => {
    const events = await client.connectEvents();
    const message = (remoteJid: string): unknown => ({ messages: [{ key: { remoteJid } }], type: 'notify' });
    await events.subscribe({
      events: ['messages.upsert', 'chats.update', 'connection.update'],
      sessions: ['chatty'],
      chats: ['1@s.whatsapp.net']
    });
    await edge.publish('chatty', 'messages.upsert', message('2@s.whatsapp.net'));
    await edge.publish('chatty', 'connection.update', { connection: 'open' });
    await edge.publish('chatty', 'messages.upsert', message('1@s.whatsapp.net'));
    await edge.publish('chatty', 'chats.update', [{ id: '2@s.whatsapp.net' }, { id: '1@s.whatsapp.net' }]);
    await events.awaitEvent('chats.update');
    expect(events.arrived.map(({ payload }) => payload)).toEqual([
      message('1@s.whatsapp.net'),
      [{ id: '2@s.whatsapp.net' }, { id: '1@s.whatsapp.net' }]
    ]);
  });

  it('uses the form that was requested last for a name', async () => {
    const events = await client.connectEvents();
    await events.subscribe({ events: ['call', 'chats.lock'], sessions: ['forms'] });
    await events.subscribe({ events: ['call'], sessions: ['forms'], envelope: true });
    await edge.publish('forms', 'call', 1);
    await edge.publish('forms', 'chats.lock', 2);
    await events.awaitEvent('chats.lock');
    expect(events.arrived.map(({ payload }) => payload)).toEqual([expect.objectContaining({ event: 'call', data: 1 }), 2]);
  });

  it('batches up to fifty events without long delays', async () => {
    const events = await client.connectEvents();
    await events.follow({ events: ['call'], sessions: ['batched'], batch: true });
    await publishAll('batched', upTo(120));
    await all(events, 120);
    expect(numbers(events)).toEqual(upTo(120));
    const sizes = events.arrived.map(({ payload }) => (payload as unknown[]).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(sizes.length).toBeLessThan(60);
  });

  it.each([
    ['an invalid cursor', 'nonsense'],
    ['a future time', '2999-01-01T00:00:00Z'],
    ['an impossible time', '2026-13-45'],
    ['a number', 5],
    ['an empty text', ''],
    ['a long text', 'x'.repeat(10_000)]
  ])('refuses %s as since, and names the field', async (_what, since) => {
    const events = await client.connectEvents();
    await expect(events.subscribe({ events: ['call'], since: since as string })).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', details: { field: 'since' } }
    });
    await expect(events.unsubscribe(['chats.lock'])).resolves.toMatchObject({ granted: [] });
  });

  it.each(['cursor', 'time'])('reports a %s past retention, and resumes at the oldest', async kind => {
    const session = `passed-${kind}`;
    const before = await client.connectEvents();
    const { cursor } = granted(await before.follow({ events: ['call'], sessions: [session] }));
    const since = kind === 'cursor' ? cursor : new Date(Date.now() - 1).toISOString();
    await publishAll(session, upTo(9));
    await all(before, 9);
    // The retention limits of the stream have the same effect, but the test does not wait for the age limit.
    const { sequence } = decodeCursor(before.envelopes[5]!.cursor)!;
    await edge.dropEventsBefore(sequence);
    const after = await client.connectEvents();
    const state = granted(await after.follow({ events: ['call'], sessions: [session], since }));
    expect(state.truncated).toEqual({ firstAt: expect.any(String) as string });
    expect(Date.parse(state.truncated!.firstAt!)).toBeGreaterThanOrEqual(Date.parse(before.envelopes[5]!.at));
    await all(after, 4);
    expect(numbers(after)).toEqual([6, 7, 8, 9]);
    // The remaining log has no gap, so a cursor that lies in it causes no warning.
    const again = await client.connectEvents();
    const rest = granted(await again.follow({ events: ['call'], sessions: [session], since: before.envelopes[6]!.cursor }));
    expect(rest.truncated).toBeUndefined();
    await all(again, 2);
    expect(numbers(again)).toEqual([8, 9]);
  });

  it('refuses a cursor of another log, with the remedy', async () => {
    const events = await client.connectEvents();
    const answer = await events.subscribe({ events: ['call'], since: encodeCursor({ stream: '1234', sequence: 7 }) });
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_REQUEST', details: { field: 'since', reason: 'another-log' } } });
    const logCreatedAt = answer.ok ? '' : (answer.error.details!['logCreatedAt'] as string);
    // The client can follow the remedy word for word.
    await expect(events.subscribe({ events: ['call'], since: logCreatedAt })).resolves.toMatchObject({ ok: true });
  });
});
