import { connect } from '@nats-io/transport-node';
import { EVENT_STREAM, type SessionId } from '@wabus/contracts';
import { awaitCondition, launchNatsCluster } from '@wabus/testing';
import { Logger } from '@nestjs/common';
import { openBroker, type Broker } from './broker.js';
import type { GroupDelivery, GroupVerdict } from './event-group/event-groups.js';
import type { KeyValue } from './key-value/key-value.js';

const SESSIONS = ['a', 'b', 'c'];
const EVENTS = 150;
const BURST = 5;
const KEYS = 40;

describe('the broker on a cluster of three', () => {
  it('reads and lists its own writes while a replica catches up', async () => {
    Logger.overrideLogger(['fatal']);
    await using cluster = await launchNatsCluster();
    const open = (...servers: string[]): Promise<Broker> =>
      openBroker({ connection: { servers, name: 'test' }, buckets: [{ name: 'TEST', replicas: 3 }] });
    const [first, second, last] = cluster.urls as [string, string, string];
    const [ahead, behind] = await Promise.all([open(first, second), open(last)]);
    try {
      const [written, read] = [ahead, behind].map(broker => broker.buckets.bucket('TEST')) as [KeyValue, KeyValue];
      const revision = await retrying(() => written.put('own', Buffer.from('1')));
      await cluster.nodes[2]!.pause();
      for (let n = 0; n < 20; n++) {
        const keys = Array.from({ length: 900 }, (_, i) => `k.${n}.${i}`);
        await retrying(() => written.commit(new Map(keys.map(key => [key, Buffer.alloc(500)])), { key: 'own', revision }));
      }
      await cluster.nodes[2]!.resume();
      const marks: string[] = [];
      for (let n = 10; n < 40; n++) {
        marks.push(`mark.${n}`);
        await retrying(() => read.put(`mark.${n}`, Buffer.from('1')));
        // Every copy has `own`; the copy that catches up lacks `mark.*`.
        expect([...(await retrying(() => read.getAll(['own', `mark.${n}`]))).keys()].sort()).toEqual([`mark.${n}`, 'own']);
        expect((await retrying(() => read.list('mark.*'))).map(({ key }) => key)).toEqual(marks);
      }
    } finally {
      await Promise.all([ahead.close(), behind.close()]);
    }
  }, 60_000);

  it('keeps every event in order when the leader is killed', async () => {
    Logger.overrideLogger(['fatal']);
    await using cluster = await launchNatsCluster();
    const open = (): Promise<Broker> =>
      openBroker({
        connection: { servers: cluster.urls, name: 'test' },
        eventLog: { replicas: 3 },
        buckets: [{ name: 'TEST', replicas: 3 }]
      });
    const [writer, reader] = await Promise.all([open(), open()]);
    const bucket = writer.buckets.bucket('TEST');
    await fillsEveryBatch(writer, reader);
    const start = await reader.eventLog.end();
    const live: string[] = [];
    const feed = await reader.eventLog.follow(event => live.push(event.facts.id));
    const some: string[] = [];
    const feedOfSome = await reader.eventLog.follow(event => some.push(event.facts.id), { sessions: ['a', 'b'] as SessionId[] });
    const watched = new Map<string, string>();
    const watch = await reader.buckets.bucket('TEST').watch('k.*', change => {
      if (change.kind === 'put') watched.set(change.entry.key, Buffer.from(change.entry.value).toString());
    });
    const epoch = await bucket.put('own', new Uint8Array([1]));

    const publishing = SESSIONS.map(async session => {
      const stored: Promise<unknown>[] = [];
      for (let n = 0; n < EVENTS; n++) {
        const facts = {
          session: session as SessionId,
          event: 'messages.upsert' as const,
          epoch,
          at: '2026-01-01T00:00:00.000Z',
          schemaVersion: 1
        };
        stored.push(writer.eventLog.pipeline.publish({ ...facts, id: `${session}-${n}` }, '1'));
        // Bursts that do not wait for one another, so that several publications are in flight when the leader is killed.
        if (n % BURST === 0) await new Promise(resolve => setTimeout(resolve, BURST * 10));
      }
      await Promise.all(stored);
    });
    const committing = (async () => {
      for (let n = 0; n < 60; n++) {
        const value = Buffer.from(String(n));
        await retrying(() =>
          bucket.commit(new Map(Array.from({ length: KEYS }, (_, i) => [`k.${i}`, value])), { key: 'own', revision: epoch })
        );
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    })();
    await awaitCondition(
      () => live.length,
      length => length > 100,
      { what: 'events before the fault' }
    );
    for (const stream of [EVENT_STREAM, 'KV_TEST']) await killLeader(cluster, stream);
    await Promise.all([...publishing, committing]);

    const stored: string[] = [];
    for await (const event of reader.eventLog.read(start)) stored.push(event.facts.id);
    for (const session of SESSIONS) {
      expect(stored.filter(id => id.startsWith(session))).toEqual(Array.from({ length: EVENTS }, (_, n) => `${session}-${n}`));
    }
    await awaitCondition(
      () => live.length,
      length => length >= stored.length,
      { waitMs: 20_000, what: 'all events live' }
    );
    expect(live).toEqual(stored);
    const wanted = stored.filter(id => !id.startsWith('c'));
    await awaitCondition(
      () => some.length,
      length => length >= wanted.length,
      { waitMs: 20_000, what: 'all wanted events live' }
    );
    expect(some).toEqual(wanted);
    await awaitCondition(
      () => [...watched.values()],
      values => values.length === KEYS && values.every(value => value === '59'),
      { waitMs: 20_000 }
    );
    // The bucket may not have a new leader yet.
    const stale = new Map([
      ['k.0', new Uint8Array([1])],
      ['k.1', null]
    ]);
    expect(await retrying(() => bucket.commit(stale, { key: 'own', revision: epoch - 1 }))).toEqual({ written: false });
    await Promise.all([feed.stop(), feedOfSome.stop(), watch.stop()]);
    await Promise.all([writer.close(), reader.close()]);
  }, 120_000);
});

/**
 * In a cluster, the end-of-batch status arrives before the events of the batch.
 * A member that took it for the end of the pull would wait for them until `ackWaitMs`.
 */
async function fillsEveryBatch({ eventLog }: Broker, { eventGroups }: Broker): Promise<void> {
  const handled = new Set<string>();
  const handle = ({ event }: GroupDelivery): Promise<GroupVerdict> => {
    handled.add(event.facts.id);
    return Promise.resolve({ settled: true });
  };
  await eventGroups.establish('g', { filters: ['wa.evt.*.call'], ackWaitMs: 120_000, maxUnderWay: 1_000 }, { kind: 'now' });
  const membership = eventGroups.join('g', { maxInFlight: 16, handle });
  const facts = { session: 'g' as SessionId, event: 'call' as const, epoch: 1, at: '2026-01-01T00:00:00.000Z', schemaVersion: 1 };
  await Promise.all(Array.from({ length: 300 }, (_, n) => eventLog.pipeline.publish({ ...facts, id: `g-${n}` }, '1')));
  await awaitCondition(
    () => handled.size,
    size => size === 300,
    { waitMs: 20_000, what: 'every event at the group' }
  );
  await membership.leave();
  await eventGroups.remove('g');
}

/** Retries until the broker answers. The same content may be written twice. */
async function retrying<T>(action: () => Promise<T>): Promise<T> {
  return awaitCondition(action, () => true, { waitMs: 60_000 });
}

async function killLeader(cluster: Awaited<ReturnType<typeof launchNatsCluster>>, stream: string): Promise<void> {
  const nats = await connect({ servers: cluster.urls, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  const leader = async (): Promise<string | undefined> =>
    (await nats.request(`$JS.API.STREAM.INFO.${stream}`, '', { timeout: 1_000 })).json<{ cluster?: { leader?: string } }>().cluster?.leader;
  const name = await awaitCondition(leader, known => known !== undefined, { waitMs: 30_000, what: `a leader of ${stream}` });
  const node = cluster.nodes[Number(name!.slice(1)) - 1]!;
  await node.kill();
  await node.restart();
  await nats.close();
}
