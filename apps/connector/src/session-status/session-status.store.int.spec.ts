import { NOTHING_OBSERVED, REGISTRY_BUCKET, statusKey, type SessionState, type SessionStatusRecord } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { SessionStatusStore } from './session-status.store.js';
import { OwnershipFixture, sessionId } from '../ownership/ownership.fixture.js';
import type { SessionLease } from '../ownership/session-lease.js';

const session = sessionId('a');

function status(lease: SessionLease, state: SessionState, connector = 'c1'): SessionStatusRecord {
  const { epoch } = lease;
  return {
    ...NOTHING_OBSERVED,
    session,
    state,
    connector,
    epoch,
    updatedAt: '2026-01-01T00:00:00.000Z',
    qr: null,
    pairingCode: null,
    recordAt: null
  };
}

describe('the status of sessions on NATS', () => {
  let fixture: OwnershipFixture;
  let lease: SessionLease;
  let store: SessionStatusStore;

  beforeEach(async () => {
    fixture = await OwnershipFixture.launch();
    await fixture.setDesired(session, 'running');
    const c1 = await fixture.connector('c1');
    lease = await awaitCondition(
      () => c1.runner.running.get(session)!,
      known => known.isValid()
    );
    store = new SessionStatusStore(c1.broker.buckets);
  });
  afterEach(() => fixture.close());

  it('is null at first, then the last one written', async () => {
    expect(await store.read(lease)).toBeNull();
    await store.write(lease, status(lease, 'starting'));
    await store.write(lease, status(lease, 'open'));
    expect(await store.read(lease)).toEqual(status(lease, 'open'));
    expect((await new SessionStatusStore(fixture.broker.buckets).read(lease))?.state).toBe('open');
  });

  it('is the newest of many concurrent writes', async () => {
    const bucket = fixture.broker.buckets.bucket(REGISTRY_BUCKET);
    const seen: number[] = [];
    const watch = await bucket.watch(statusKey(session), change => {
      if (change.kind === 'put')
        seen.push(Number((JSON.parse(Buffer.from(change.entry.value).toString()) as SessionStatusRecord).connector));
    });
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.write(lease, status(lease, 'open', String(n)))));
    expect((await store.read(lease))?.connector).toBe('49');
    await awaitCondition(
      () => seen.at(-1),
      last => last === 49
    );
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.length).toBeLessThan(50);
    await watch.stop();
  });

  it('of a newer epoch is never replaced by one of an older', async () => {
    const newer = { ...status(lease, 'open', 'c2'), epoch: lease.epoch + 1 };
    await store.write(lease, status(lease, 'starting'));
    await fixture.broker.buckets.bucket(REGISTRY_BUCKET).put(statusKey(session), new TextEncoder().encode(JSON.stringify(newer)));
    await store.write(lease, status(lease, 'waiting'));
    expect(await store.read(lease)).toEqual(newer);
  });

  it('is written once the broker is back', async () => {
    await fixture.server.kill();
    const written = store.write(lease, status(lease, 'open'));
    await fixture.server.restart();
    await written;
    expect(
      (
        await awaitCondition(
          () => store.read(lease),
          read => read !== null
        )
      )?.state
    ).toBe('open');
  });

  it('is no longer written if the lease is lost', async () => {
    await store.write(lease, status(lease, 'open'));
    await fixture.broker.buckets.bucket('WABUS_OWNERSHIP').put('own.a', new TextEncoder().encode('{}'));
    await awaitCondition(
      () => lease.isValid(),
      valid => !valid
    );
    await store.write(lease, status(lease, 'failed'));
    expect((await store.read(lease))?.state).toBe('open');
  });

  it('overwrites a value that is not a status', async () => {
    await fixture.broker.buckets.bucket(REGISTRY_BUCKET).put(statusKey(session), new TextEncoder().encode('garbage'));
    expect(await store.read(lease)).toBeNull();
    await store.write(lease, status(lease, 'open'));
    expect((await store.read(lease))?.state).toBe('open');
  });
});
