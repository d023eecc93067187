import { connect } from '@nats-io/transport-node';
import { awaitCondition, launchTcpProxy } from '@wabus/testing';
import type { Broker } from '../broker.js';
import { BrokerFixture, BUCKET } from '../testing/broker.fixture.js';
import type { Change, KeyValue, Write } from './key-value.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined => (value === undefined ? undefined : Buffer.from(value).toString());

/** Changes as short texts: `+key=value` and `-key`. */
const short = (change: Change): string => (change.kind === 'put' ? `+${change.entry.key}=${text(change.entry.value)!}` : `-${change.key}`);

describe('a bucket on NATS', () => {
  let fixture: BrokerFixture;
  let broker: Broker;
  let bucket: KeyValue;

  beforeEach(async () => {
    fixture = await BrokerFixture.launch();
    broker = await fixture.open();
    bucket = broker.buckets.bucket(BUCKET);
  });
  afterEach(() => fixture.close());

  const put = (key: string, value: string): Promise<number> => bucket.put(key, bytes(value));
  const read = async (key: string): Promise<string | undefined> => text((await bucket.get(key))?.value);

  it('returns what was put, with the revision of the write', async () => {
    const revision = await put('a.b', 'one');
    expect(await bucket.get('a.b')).toMatchObject({ key: 'a.b', revision });
    expect(await read('a.b')).toBe('one');
    expect(await bucket.get('a.c')).toBeNull();
    expect(await put('a.b', 'two')).toBeGreaterThan(revision);
  });

  it('refuses keys that NATS would misread', async () => {
    for (const key of ['', 'a b', 'a.*', 'a..b', 'a.', '>', 'ä']) await expect(bucket.put(key, bytes('x'))).rejects.toThrow(RangeError);
  });

  it('names the existing buckets if another one is requested', () => {
    expect(() => broker.buckets.bucket('OTHER')).toThrow(/OTHER.*TEST/);
  });

  it('creates a key once, also after a deletion', async () => {
    const created = await bucket.compareAndSet('k', bytes('1'), 0);
    expect(created.written).toBe(true);
    expect(await bucket.compareAndSet('k', bytes('2'), 0)).toEqual({ written: false });
    await bucket.delete('k');
    expect(await bucket.get('k')).toBeNull();
    expect((await bucket.compareAndSet('k', bytes('3'), 0)).written).toBe(true);
    expect(await read('k')).toBe('3');
  });

  it('lets one of many writers win a revision', async () => {
    const revision = await put('k', 'start');
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => bucket.compareAndSet('k', bytes(String(i)), revision)));
    expect(outcomes.filter(outcome => outcome.written)).toHaveLength(1);
    expect(await read('k')).toBe(String(outcomes.findIndex(outcome => outcome.written)));
  });

  it('deletes only at the expected revision', async () => {
    const first = await put('k', '1');
    await put('k', '2');
    expect(await bucket.delete('k', first)).toEqual({ written: false });
    expect(await read('k')).toBe('2');
    const { revision } = (await bucket.get('k'))!;
    expect((await bucket.delete('k', revision)).written).toBe(true);
    expect(await bucket.get('k')).toBeNull();
  });

  it('commits many puts and deletions if the fence holds', async () => {
    const epoch = await put('own', 'me');
    await put('old', 'x');
    const changes = new Map<string, Uint8Array | null>(Array.from({ length: 900 }, (_, i) => [`k.${i}`, bytes(`v${i}`)]));
    changes.set('old', null);
    expect((await bucket.commit(changes, { key: 'own', revision: epoch })).written).toBe(true);
    expect(await bucket.list('k.*')).toHaveLength(900);
    expect(await read('k.899')).toBe('v899');
    expect(await bucket.get('old')).toBeNull();
    expect((await bucket.get('own'))!.revision).toBe(epoch);
  });

  it.each([1, 2, 500])('writes none of %i keys if the fence has moved', async count => {
    const stale = await put('own', 'me');
    await put('own', 'another');
    const changes = new Map(Array.from({ length: count }, (_, i) => [`k.${i}`, bytes('stale')] as const));
    expect(await bucket.commit(changes, { key: 'own', revision: stale })).toEqual({ written: false });
    expect(await bucket.commit(changes, { key: 'never-written', revision: 17 })).toEqual({ written: false });
    expect(await bucket.list('k.*')).toEqual([]);
  });

  it('keeps parallel commits under different fences apart', async () => {
    const owners = Array.from({ length: 30 }, (_, i) => `s${i}`);
    const epochs = await Promise.all(owners.map(owner => put(`own.${owner}`, owner)));
    const outcomes = await Promise.all(
      owners.map((owner, i) =>
        bucket.commit(new Map(['x', 'y', 'z'].map(name => [`k.${owner}.${name}`, bytes(owner)])), {
          key: `own.${owner}`,
          revision: epochs[i]!
        })
      )
    );
    expect(outcomes.every(outcome => outcome.written)).toBe(true);
    expect(await bucket.list('k.>')).toHaveLength(90);
  });

  it('refuses a value above the limit and stays connected', async () => {
    const epoch = await put('own', 'me');
    const large = new Map([
      ['a', bytes('x')],
      ['b', new Uint8Array(1_048_576)]
    ]);
    await expect(bucket.commit(large, { key: 'own', revision: epoch })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(bucket.put('b', new Uint8Array(1_048_576))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(await bucket.get('a')).toBeNull();
  });

  it('reads many keys at once, without missing ones', async () => {
    expect(await bucket.getAll(['a', 'b'])).toEqual(new Map());
    const keys = Array.from({ length: 1_100 }, (_, n) => `k.${n}`);
    await Promise.all(keys.map(key => put(key, key)));
    await bucket.delete('k.7');
    const found = await bucket.getAll([...keys, 'k.0', 'never']);
    expect([...found].map(([key, { value }]) => [key, text(value)])).toEqual(
      expect.arrayContaining(keys.filter(key => key !== 'k.7').map(key => [key, key]))
    );
    expect(found.size).toBe(1_099);
    expect(await bucket.getAll(['never'])).toEqual(new Map());
    expect(await bucket.getAll([])).toEqual(new Map());
    expect((await bucket.getAll(['k.1'])).get('k.1')).toEqual(await bucket.get('k.1'));
  });

  it('fails if the broker does not answer for many keys', async () => {
    const impatient = (await fixture.open({ requestTimeoutMs: 300 })).buckets.bucket(BUCKET);
    await fixture.server.kill();
    await expect(impatient.getAll(['a', 'b'])).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await fixture.server.restart();
    await awaitCondition(
      () => impatient.getAll(['a', 'b']).catch(() => null),
      found => found !== null
    );
  }, 20_000);

  it('lists what matches a filter, without deleted keys', async () => {
    for (const key of ['a.1', 'a.2', 'b.1', 'a.2.deep']) await put(key, key);
    await bucket.delete('a.1');
    expect((await bucket.list('a.*')).map(entry => entry.key)).toEqual(['a.2']);
    expect((await bucket.list('a.>')).map(entry => entry.key).sort()).toEqual(['a.2', 'a.2.deep']);
    expect(await bucket.list('nothing.*')).toEqual([]);
  });

  it('forgets the marker of a deleted key after its time', async () => {
    const short = (await fixture.open({ buckets: [{ name: 'SHORT', markerTtlMs: 1_000 }] })).buckets.bucket('SHORT');
    await short.put('k', bytes('1'));
    await short.delete('k');
    const nats = await connect({ servers: fixture.server.url });
    const messages = async (): Promise<number> =>
      (await nats.request('$JS.API.STREAM.INFO.KV_SHORT')).json<{ state: { messages: number } }>().state.messages;
    expect(await messages()).toBe(1);
    await awaitCondition(messages, count => count === 0, { what: 'an empty stream' });
    await nats.close();
    expect((await short.compareAndSet('k', bytes('2'), 0)).written).toBe(true);
  });

  it('expires a value after its time, and keeps the others', async () => {
    const epoch = await put('own', 'me');
    const brief = (value: string) => ({ value: bytes(value), ttlMs: 1_000 });
    await bucket.put('put', brief('1'));
    await bucket.compareAndSet('set', brief('1'), 0);
    await bucket.commit(new Map([['alone', brief('1')]]), { key: 'own', revision: epoch });
    const batch = new Map<string, Write>([
      ['together', brief('1')],
      ['lasting', bytes('1')],
      ['longer', { value: bytes('1'), ttlMs: 60_000 }]
    ]);
    expect((await bucket.commit(batch, { key: 'own', revision: epoch })).written).toBe(true);
    await bucket.put('kept', brief('1'));
    await put('kept', '2');
    const deleted: string[] = [];
    const watch = await bucket.watch('>', change => change.kind === 'delete' && deleted.push(change.key));
    expect((await bucket.list('>')).map(({ key }) => key).sort()).toEqual(
      ['alone', 'kept', 'lasting', 'longer', 'own', 'put', 'set', 'together'].sort()
    );
    const keys = async () => (await bucket.list('>')).map(({ key }) => key).sort();
    await awaitCondition(keys, left => left.join() === 'kept,lasting,longer,own', { what: 'expired values' });
    await awaitCondition(
      () => deleted.sort().join(),
      gone => gone === 'alone,put,set,together'
    );
    await watch.stop();
    expect(await bucket.get('together')).toBeNull();
    expect((await bucket.compareAndSet('together', bytes('2'), 0)).written).toBe(true);
    expect(await read('together')).toBe('2');
  });

  it('writes no expiring value when the fence has moved', async () => {
    const stale = await put('own', 'me');
    await put('own', 'another');
    for (const keys of [['a'], ['a', 'b']]) {
      const changes = new Map(keys.map(key => [key, { value: bytes('stale'), ttlMs: 1_000 }] as const));
      expect(await bucket.commit(changes, { key: 'own', revision: stale })).toEqual({ written: false });
    }
    expect(await bucket.list('*')).toHaveLength(1);
  });

  it.each([0, -1, NaN, Infinity])('refuses %p as a time to live', async ttlMs => {
    await expect(bucket.put('k', { value: bytes('1'), ttlMs })).rejects.toThrow(RangeError);
  });

  it('throws BROKER_UNAVAILABLE if there is no answer', async () => {
    await fixture.server.kill();
    await expect(bucket.get('k')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(put('k', '1')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(bucket.list('>')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(broker.health.check()).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await fixture.server.restart();
    await awaitCondition(
      () => broker.health.check().then(() => true),
      healthy => healthy
    );
    expect(await bucket.get('k')).toBeNull();
  }, 20_000);

  describe('watched', () => {
    it('watches the current entries first, then changes in order', async () => {
      await put('a.1', 'x');
      await put('b.1', 'other');
      const seen: string[] = [];
      const watch = await bucket.watch('a.*', change => seen.push(short(change)));
      await watch.ready;
      expect(seen).toEqual(['+a.1=x']);
      await put('a.2', 'y');
      await bucket.delete('a.1');
      await put('a.2', 'z');
      await awaitCondition(
        () => seen.length,
        length => length === 4
      );
      expect(seen.slice(1)).toEqual(['+a.2=y', '-a.1', '+a.2=z']);
      await watch.stop();
      await put('a.3', 'late');
      expect(await bucket.list('a.*')).toHaveLength(2);
      expect(seen).toHaveLength(4);
    });

    it('is ready immediately on an empty bucket', async () => {
      const watch = await bucket.watch('>', () => undefined);
      await watch.ready;
      await watch.stop();
    });

    it('watches over a server crash, each change once', async () => {
      await using proxy = await launchTcpProxy({ port: fixture.server.port });
      const far = (await fixture.open({ url: `127.0.0.1:${proxy.port}` })).buckets.bucket(BUCKET);
      await put('kept', '1');
      await put('gone', '1');
      await put('changed', '1');
      const seen: string[] = [];
      const watch = await far.watch('*', change => seen.push(short(change)));
      await watch.ready;
      proxy.reset();
      await fixture.server.kill();
      await fixture.server.restart();
      await awaitCondition(
        () => put('changed', '2'),
        revision => revision > 0
      );
      // Removed without a marker, as if the marker had expired while the watch was disconnected.
      const nats = await connect({ servers: fixture.server.url });
      const purged = await nats.request('$JS.API.STREAM.PURGE.KV_TEST', JSON.stringify({ filter: '$KV.TEST.gone' }));
      expect(purged.json()).toMatchObject({ success: true });
      await nats.close();
      await put('new', '1');
      proxy.pass();
      await awaitCondition(
        () => seen.length,
        length => length >= 6,
        { what: 'the changes', waitMs: 15_000 }
      );
      expect(seen.slice(0, 3)).toEqual(['+kept=1', '+gone=1', '+changed=1']);
      expect(seen.slice(3).sort()).toEqual(['+changed=2', '+new=1', '-gone']);
      await put('new', '2');
      await awaitCondition(
        () => seen.length,
        length => length === 7
      );
      await watch.stop();
    }, 30_000);

    it('notices a stalled link and catches up when it recovers', async () => {
      await using proxy = await launchTcpProxy({ port: fixture.server.port });
      const far = (await fixture.open({ url: `127.0.0.1:${proxy.port}` })).buckets.bucket(BUCKET);
      const seen: string[] = [];
      const watch = await far.watch('*', change => seen.push(short(change)));
      await watch.ready;
      proxy.hole();
      await put('k', '1');
      await put('k', '2');
      await awaitCondition(
        () => bucket.get('k'),
        entry => text(entry?.value) === '2'
      );
      proxy.pass();
      await awaitCondition(
        () => seen.at(-1),
        last => last === '+k=2',
        { waitMs: 15_000 }
      );
      await watch.stop();
    }, 30_000);
  });
});
