import type { EdgeLink } from '../link/edge-link.js';
import { numbered, ScriptedGateway } from '../gateway.fixture.js';
import { EventHandlers } from './event-handlers.js';
import { EventStream, type EventGap } from './event.feed.js';

describe('a feed of events', () => {
  let gateway: ScriptedGateway;
  let feed: EventStream;
  let link: EdgeLink;
  let gaps: EventGap[];
  let began: string[];

  beforeEach(async () => {
    gateway = await ScriptedGateway.launch();
    [gaps, began] = [[], []];
  });
  afterEach(async () => {
    feed.close();
    await gateway.close();
  });

  const open = (options: { since?: string; capacity?: number } = {}): void => {
    link = gateway.link();
    feed = new EventStream(
      link,
      { events: ['call'] },
      {
        since: options.since ?? null,
        capacity: options.capacity ?? 100,
        observer: { gap: gap => gaps.push(gap), began: cursor => began.push(cursor) }
      }
    );
  };
  const read = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await feed.next())!.id);
    return ids;
  };

  test('subscribes again from the last event after a loss', async () => {
    open();
    const first = await gateway.grant('cursor-0');
    expect(first.data).toEqual({ events: ['call'], batch: true });
    first.socket.emit('batch', [numbered(1), numbered(2)]);
    expect(await read(1)).toEqual(['id-1']);
    first.socket.conn.close();
    const second = await gateway.grant('cursor-9');
    expect(second.data).toMatchObject({ since: 'cursor-2' });
    second.socket.emit('batch', [numbered(3)]);
    expect(await read(2)).toEqual(['id-2', 'id-3']);
    expect(began).toEqual(['cursor-0']);
  });

  test('reports when its subscription is active or refused', async () => {
    open();
    let hasStarted = false;
    void feed.started.then(() => (hasStarted = true));
    const asked = await gateway.next('subscribe');
    expect(hasStarted).toBe(false);
    asked.reply({ ok: true, granted: ['call'], refused: [], sessions: '*', cursor: 'cursor-0' });
    await feed.started;
    feed.close();

    open();
    (await gateway.next('subscribe')).reply({ ok: false, error: { code: 'FORBIDDEN', message: '', retryable: false, certain: true } });
    await feed.started;
    await expect(feed.next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('lets handlers report when they receive events', async () => {
    const handlers = new EventHandlers(
      () => {
        open();
        return Promise.resolve({ feed, keeper: null });
      },
      () => undefined
    );
    const received = new Promise<string>(resolve => handlers.add('call', (_, { id }) => resolve(id)));
    const active = handlers.active();
    const { socket } = await gateway.grant('cursor-0');
    await active;
    socket.emit('batch', [numbered(1)]);
    expect(await received).toBe('id-1');
    await handlers.close();
  });

  test('begins at the same position again if nothing has arrived', async () => {
    open();
    const first = await gateway.grant('cursor-7');
    first.socket.conn.close();
    expect((await gateway.grant('cursor-9')).data).toMatchObject({ since: 'cursor-7' });
  });

  test('returns an event once if it arrives twice', async () => {
    open();
    const { socket } = await gateway.grant('cursor-0');
    socket.emit('batch', [numbered(1), numbered(1), numbered(2)]);
    expect(await read(2)).toEqual(['id-1', 'id-2']);
  });

  test('disconnects if too many events wait, then continues', async () => {
    open({ capacity: 4 });
    const first = await gateway.grant('cursor-0');
    const gone = new Promise(resolve => first.socket.once('disconnect', resolve));
    first.socket.emit('batch', [1, 2, 3, 4, 5].map(numbered));
    await gone;
    expect(await read(2)).toEqual(['id-1', 'id-2']);
    expect(link.isConnected).toBe(false);
    expect(await read(1)).toEqual(['id-3']);
    const second = await gateway.grant('cursor-9');
    expect(second.data).toMatchObject({ since: 'cursor-5' });
    second.socket.emit('batch', [numbered(6)]);
    expect(await read(3)).toEqual(['id-4', 'id-5', 'id-6']);
  });

  test('reports a gap, and starts over with another log', async () => {
    open({ since: 'cursor-1' });
    (await gateway.next('subscribe')).reply({
      ok: false,
      error: { code: 'INVALID_REQUEST', message: 'x', details: { reason: 'another-log', logCreatedAt: '2026-02-02T00:00:00Z' } }
    });
    const { data, socket } = await gateway.grant('cursor-0', { truncated: { firstAt: null } });
    expect(data).toMatchObject({ since: '2026-02-02T00:00:00Z' });
    socket.emit('batch', [numbered(1)]);
    expect(await read(1)).toEqual(['id-1']);
    expect(gaps).toEqual([{ firstAt: '2026-02-02T00:00:00Z' }, { firstAt: null }]);
  });

  test('an added name begins when it was added', async () => {
    open({ since: 'cursor-1' });
    await gateway.grant('cursor-1');
    feed.change(['call', 'chats.lock']);
    const added = await gateway.grant('cursor-5');
    expect(added.data).toEqual({ events: ['chats.lock'], batch: true });
    added.socket.conn.close();
    expect((await gateway.grant('cursor-1')).data).toMatchObject({ events: ['call'], since: 'cursor-1' });
    const second = await gateway.grant('cursor-5');
    expect(second.data).toMatchObject({ events: ['chats.lock'], since: 'cursor-5' });
    second.socket.emit('batch', [numbered(6)]);
    await read(1);
    second.socket.conn.close();
    expect((await gateway.grant('cursor-6')).data).toMatchObject({ events: ['call', 'chats.lock'], since: 'cursor-6' });
  });

  test('a removed pattern keeps names of other patterns', async () => {
    open();
    await gateway.grant('cursor-0');
    feed.change(['call', 'chats.*']);
    await gateway.grant('cursor-0');
    feed.change(['chats.lock', 'chats.upsert']);
    expect((await gateway.next('unsubscribe')).data).toEqual(['chats.update', 'chats.delete', 'call']);
  });

  test('ends with the error if nothing is granted', async () => {
    open();
    (await gateway.next('subscribe')).reply({ ok: false, error: { code: 'FORBIDDEN', message: 'no' } });
    await expect(feed.next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('subscribes again after a temporary error', async () => {
    open();
    (await gateway.next('subscribe')).reply({ ok: false, error: { code: 'BROKER_UNAVAILABLE', message: 'later' } });
    const { socket } = await gateway.grant('cursor-0');
    socket.emit('batch', [numbered(1)]);
    expect(await read(1)).toEqual(['id-1']);
  });

  test('ends for a waiting reader when it is closed', async () => {
    open();
    await gateway.grant('cursor-0');
    const next = feed.next();
    feed.close();
    expect(await next).toBeNull();
  });
});
