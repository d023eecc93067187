import { OWNERSHIP_BUCKET, REGISTRY_BUCKET, statusKey, type SessionId } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { once } from 'node:events';
import { OwnershipFixture, sessionId, type TestConnector } from './ownership.fixture.js';
import { SINGLE_SERVER_TIMING } from './ownership.options.js';

const sessions = (count: number): SessionId[] => Array.from({ length: count }, (_, i) => sessionId(`s${i}`));
const heldBy = (...connectors: TestConnector[]): SessionId[] => connectors.flatMap(({ runner }) => [...runner.running.keys()]).sort();

describe('ownership of sessions', () => {
  let fixture: OwnershipFixture;

  beforeEach(async () => {
    fixture = await OwnershipFixture.launch();
  });
  afterEach(() => fixture.close());

  const setRunning = (all: SessionId[]): Promise<unknown> => Promise.all(all.map(session => fixture.setDesired(session, 'running')));
  const settled = (all: SessionId[], ...connectors: TestConnector[]): Promise<unknown> =>
    awaitCondition(
      () => heldBy(...connectors),
      held => held.length === all.length && held.every((session, i) => session === [...all].sort()[i]),
      { what: 'every session with one owner' }
    );

  it("takes every recorded session under its owner key's revision", async () => {
    const all = sessions(3);
    await setRunning(all);
    const c1 = await fixture.connector('c1');
    await settled(all, c1);
    for (const [session, lease] of c1.runner.running) {
      expect(lease.isValid()).toBe(true);
      expect((await fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).get(`own.${session}`))!.revision).toBe(lease.epoch);
    }
    await fixture.setDesired(sessionId('later'), 'stopped');
    await settled([...all, sessionId('later')], c1);
    expect(c1.loop.trouble).toBeNull();
  });

  it('hands edits of a record to the runner one at a time', async () => {
    const session = sessionId('a');
    await fixture.setDesired(session, 'running', 1);
    const c1 = await fixture.prepare('c1');
    const gates: (() => void)[] = [];
    c1.runner.work = () => new Promise(resolve => gates.push(resolve));
    await c1.loop.start();
    await awaitCondition(
      () => gates.length,
      count => count === 1
    );
    await fixture.setDesired(session, 'logged-out', 1);
    await fixture.setDesired(session, 'running', 2);
    await fixture.setDesired(session, 'running', 3);
    for (let n = 1; n <= 4; n++) {
      await awaitCondition(
        () => gates.length,
        count => count === n
      );
      gates[n - 1]!();
    }
    await awaitCondition(
      () => c1.runner.seen(session).length,
      count => count === 4
    );
    expect(c1.runner.seen(session)).toEqual(['running:1', 'logged-out:1', 'running:2', 'running:3']);
    expect(c1.runner.overlaps).toBe(0);
  });

  it('retries what failed, unless there is a newer request', async () => {
    const session = sessionId('a');
    await fixture.setDesired(session, 'running', 1);
    const c1 = await fixture.prepare('c1');
    let failures = 0;
    c1.runner.work = () => (failures++ < 2 ? Promise.reject(new Error('not now')) : Promise.resolve());
    await c1.loop.start();
    await awaitCondition(
      () => c1.runner.seen(session).length,
      count => count === 3
    );
    expect(c1.runner.seen(session)).toEqual(['running:1', 'running:1', 'running:1']);
    expect(c1.runner.released).toEqual([]);
  });

  it('erases a deleted session and leaves its record to the edges', async () => {
    const session = sessionId('a');
    const other = sessionId('b');
    await setRunning([session, other]);
    const c1 = await fixture.connector('c1');
    await settled([session, other], c1);
    await fixture.broker.buckets.bucket(REGISTRY_BUCKET).put(statusKey(session), new TextEncoder().encode('{}'));
    const facts = { event: 'call', epoch: 1, at: new Date().toISOString(), schemaVersion: 1 } as const;
    for (const one of [session, other]) await fixture.broker.eventLog.pipeline.publish({ ...facts, id: `${one}.1`, session: one }, '{}');
    const eventsOf = async (one: SessionId): Promise<string[]> =>
      (await fixture.broker.eventLog.page(0, { sessions: [one] }, { maxEvents: 10, maxBytes: 10_000 })).events.map(
        ({ facts: { id } }) => id
      );
    await fixture.setDesired(session, 'deleted');
    await awaitCondition(
      () => fixture.keys(),
      keys =>
        keys
          .filter(key => key.endsWith('.a'))
          .sort()
          .join() === 'gone.a,session.a'
    );
    expect(await eventsOf(session)).toEqual([]);
    expect(await eventsOf(other)).toEqual(['b.1']);
    expect(c1.runner.seen(session)).toEqual(['running:1', 'deleted:1']);
    expect(heldBy(c1)).toEqual([other]);
    // The id can be used again, under a higher epoch.
    const { epoch } = c1.runner.reconciled.find(one => one.record.session === session)!.lease;
    await fixture.setDesired(session, 'running');
    await settled([session, other], c1);
    expect(c1.runner.running.get(session)!.epoch).toBeGreaterThan(epoch);
  });

  it('shares sessions with a new connector, never two owners', async () => {
    const all = sessions(30);
    await setRunning(all);
    const c1 = await fixture.connector('c1');
    await settled(all, c1);
    const c2 = await fixture.connector('c2');
    await awaitCondition(
      () => {
        const both = heldBy(c1, c2);
        expect(new Set(both).size).toBe(both.length);
        return c2.runner.running.size;
      },
      count => count >= 8
    );
    await settled(all, c1, c2);
    // Each epoch had one owner, and a session moved only to a higher epoch.
    const epochs = [c1, c2].flatMap(({ runner }) => runner.reconciled.map(({ lease }) => lease.epoch));
    expect(new Set(epochs).size).toBe(epochs.length);
    for (const [session, lease] of c2.runner.running) {
      const before = c1.runner.reconciled.find(one => one.record.session === session)!.lease;
      expect(lease.epoch).toBeGreaterThan(before.epoch);
      expect(before.isValid()).toBe(false);
    }
    expect(c1.runner.released).toHaveLength(c2.runner.running.size);
  }, 30_000);

  it('takes over from a crashed connector within the crash time', async () => {
    const all = sessions(12);
    await setRunning(all);
    const [c1, c2] = await Promise.all([fixture.connector('c1'), fixture.connector('c2')]);
    await settled(all, c1, c2);
    await awaitCondition(
      () => c2.runner.running.size,
      count => count > 0
    );
    const began = performance.now();
    c2.proxy.reset();
    await settled(all, c1);
    const tookMs = performance.now() - began;
    expect(tookMs).toBeGreaterThan(SINGLE_SERVER_TIMING.crashSilenceMs - SINGLE_SERVER_TIMING.renewMs * 1.2);
    expect(tookMs).toBeLessThan(2_000);
    // The connector that is cut off fences itself, and joins again when it reconnects.
    await awaitCondition(
      () => c2.runner.running.size,
      count => count === 0
    );
    expect(c2.loop.trouble).not.toBeNull();
    c2.proxy.pass();
    await awaitCondition(
      () => c2.runner.running.size,
      count => count > 0
    );
    await settled(all, c1, c2);
  }, 30_000);

  it('takes over from a hung connector only once it is fenced', async () => {
    const all = sessions(12);
    await setRunning(all);
    const [c1, c2] = await Promise.all([fixture.connector('c1'), fixture.connector('c2')]);
    await settled(all, c1, c2);
    await awaitCondition(
      () => c2.runner.running.size,
      count => count > 0
    );
    const leases = [...c2.runner.running.values()];
    let fencedAt = Infinity;
    void once(leases[0]!.lost, 'abort').then(() => (fencedAt = performance.now()));
    const began = performance.now();
    c2.proxy.hole();
    await settled(all, c1);
    const tookMs = performance.now() - began;
    expect(fencedAt).toBeLessThan(performance.now());
    expect(leases.map(lease => lease.isValid())).toEqual(leases.map(() => false));
    expect(tookMs).toBeGreaterThan(SINGLE_SERVER_TIMING.selfFenceMs);
    expect(tookMs).toBeLessThan(SINGLE_SERVER_TIMING.hangSilenceMs + 2_000);
  }, 30_000);

  it('hands everything over when it stops, and leaves nothing', async () => {
    const all = sessions(20);
    await setRunning(all);
    const [c1, c2] = await Promise.all([fixture.connector('c1'), fixture.connector('c2')]);
    await settled(all, c1, c2);
    const moved = [...c2.runner.running.keys()];
    const began = performance.now();
    await c2.loop.drain();
    expect(c2.runner.running.size).toBe(0);
    expect(new Set(c2.runner.released.map(lease => lease.session))).toEqual(new Set(moved));
    await settled(all, c1);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await fixture.keys()).not.toContain('node.c2');
    await c1.loop.drain();
    expect((await fixture.keys()).filter(key => key.startsWith('node.'))).toEqual([]);
    expect(c1.loop.trouble).not.toBeNull();
  }, 20_000);

  it('waits for a release before it gives the key away', async () => {
    const session = sessionId('a');
    await setRunning([session]);
    const c1 = await fixture.connector('c1');
    await settled([session], c1);
    let finish: () => void = () => undefined;
    c1.runner.release = () => new Promise(resolve => (finish = resolve));
    const c2 = await fixture.prepare('c2', { timing: { ...SINGLE_SERVER_TIMING, rebalanceAgeMs: 60_000 } });
    await c2.loop.start();
    const drained = c1.loop.drain();
    await awaitCondition(
      async () => (await fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).get('node.c1'))?.value,
      value => Buffer.from(value!).includes('"ready":false')
    );
    expect(heldBy(c2)).toEqual([]);
    finish();
    await drained;
    await settled([session], c2);
  });

  it('loses every session in an outage, takes them again after', async () => {
    const all = sessions(3);
    await setRunning(all);
    const c1 = await fixture.connector('c1');
    await settled(all, c1);
    const before = [...c1.runner.running.values()];
    await fixture.server.kill();
    await awaitCondition(
      () => before.map(lease => lease.lost.aborted),
      lost => lost.every(Boolean)
    );
    await awaitCondition(
      () => c1.runner.running.size,
      count => count === 0
    );
    expect(before.map(lease => lease.isValid())).toEqual([false, false, false]);
    expect(c1.loop.trouble).not.toBeNull();
    await fixture.server.restart();
    await settled(all, c1);
    for (const lease of before) expect(c1.runner.running.get(lease.session)!.epoch).toBeGreaterThan(lease.epoch);
    expect(c1.loop.trouble).toBeNull();
  }, 20_000);

  it('keeps every session during a short absence of NATS', async () => {
    const all = sessions(3);
    await setRunning(all);
    const c1 = await fixture.connector('c1');
    await settled(all, c1);
    const epochs = [...c1.runner.running.values()].map(lease => lease.epoch);
    await fixture.server.kill();
    await fixture.server.restart();
    const key = async (): Promise<number> => (await fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).get('node.c1'))!.revision;
    const now = await awaitCondition(key, revision => revision > 0);
    await awaitCondition(key, revision => revision > now, { what: 'a renewal after the restart' });
    expect([...c1.runner.running.values()].map(lease => lease.epoch)).toEqual(epochs);
    expect(c1.runner.released).toEqual([]);
  }, 20_000);

  it('releases a session that another connector has taken', async () => {
    const session = sessionId('a');
    await setRunning([session]);
    const c1 = await fixture.connector('c1');
    await settled([session], c1);
    const lease = c1.runner.running.get(session)!;
    const bucket = fixture.broker.buckets.bucket(OWNERSHIP_BUCKET);
    await bucket.put('node.c9', new TextEncoder().encode('{"incarnation":"x","ready":false,"weight":1}'));
    await bucket.put('own.a', new TextEncoder().encode('{"connector":"c9","incarnation":"x"}'));
    await awaitCondition(
      () => lease.lost.aborted,
      aborted => aborted
    );
    await awaitCondition(
      () => c1.runner.released,
      released => released.includes(lease)
    );
    expect(await bucket.commit(new Map([['auth.a.creds', new Uint8Array([1])]]), { key: 'own.a', revision: lease.epoch })).toEqual({
      written: false
    });
    // No process announces c9: once that is certain, the session returns under a higher epoch.
    await settled([session], c1);
    expect(c1.runner.running.get(session)!.epoch).toBeGreaterThan(lease.epoch);
  }, 20_000);

  it('follows its own crashed run immediately, a live one later', async () => {
    const session = sessionId('a');
    await setRunning([session]);
    const first = await fixture.connector('c1');
    await settled([session], first);
    const second = await fixture.prepare('c1');
    let joined = false;
    const starting = second.loop.start().then(() => (joined = true));
    await awaitCondition(
      () => first.runner.running.get(session)!.isValid(),
      valid => valid
    );
    const renewed = async (): Promise<number> => (await fixture.broker.buckets.bucket(OWNERSHIP_BUCKET).get('node.c1'))!.revision;
    const now = await renewed();
    await awaitCondition(renewed, revision => revision > now + 5, { what: 'renewals of the first' });
    expect(joined).toBe(false);
    const began = performance.now();
    first.proxy.reset();
    await starting;
    expect(performance.now() - began).toBeLessThan(1_500);
    await settled([session], second);
  }, 20_000);

  it('stops while it is still joining', async () => {
    await fixture.connector('c1');
    const twin = await fixture.prepare('c1');
    const starting = expect(twin.loop.start()).rejects.toMatchObject({ name: 'AbortError' });
    await twin.loop.drain();
    await starting;
    expect(await fixture.keys()).toContain('node.c1');
  });

  it('ignores records that cannot be read', async () => {
    const registry = fixture.broker.buckets.bucket(REGISTRY_BUCKET);
    await registry.put('session.broken', new TextEncoder().encode('not json'));
    await registry.put('session.liar', new TextEncoder().encode('{"session":"other","desired":"running","generation":1}'));
    await setRunning([sessionId('good')]);
    const c1 = await fixture.connector('c1');
    await settled([sessionId('good')], c1);
    expect(c1.loop.sessions).toEqual(['good']);
  });

  it('settles a release that never ends after its limit', async () => {
    const session = sessionId('a');
    await setRunning([session]);
    const c1 = await fixture.connector('c1', { timing: { ...SINGLE_SERVER_TIMING, releaseLimitMs: 200 } });
    await settled([session], c1);
    c1.runner.release = () => new Promise(() => undefined);
    await c1.loop.drain();
    expect(await fixture.keys()).not.toContain('node.c1');
  });
});
