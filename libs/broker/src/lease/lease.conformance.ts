import { launchNatsServer, type NatsServer } from '@wabus/testing';
import { Logger } from '@nestjs/common';
import { openBroker, type Broker } from '../broker.js';
import type { KeyValue } from '../key-value/key-value.js';
import type { KvLease, LeaseTimes } from './kv.lease.js';
import { declareDead, Peers } from './peers.js';

const BUCKET = 'LEASES';

/** One contender for a lease. */
export interface Contender {
  readonly lease: KvLease;
  readonly key: string;
}

/** A user of leases, and how it opens them. */
export interface LeaseUse extends LeaseTimes {
  /** `shared`: all contend for one key. `own`: each has its own key, which the others remove when its renewals stop. */
  readonly keys: 'shared' | 'own';
  /** The fraction of `leaseMs` after which the owner stops, as its user documents it. */
  readonly fencePart: number;
  open(bucket: KeyValue, name: string, now: () => number): Contender;
}

/** A clock that tests advance. */
class Clock {
  private ms = 1_000_000;
  readonly now = (): number => this.ms;
  advance(ms: number): void {
    this.ms += ms;
  }
}

/** Declares the tests that every user of the lease kit must pass, on a real server. They advance the clock instead of waiting. */
export function describeLease(use: string, { keys, leaseMs, fenceMs, fencePart, open }: LeaseUse): void {
  describe(`the lease of ${use}`, () => {
    let server: NatsServer;
    let brokers: Broker[];
    let buckets: KeyValue[];
    let clock: Clock;
    let contenders = 0;

    beforeAll(async () => {
      Logger.overrideLogger(['fatal']);
      server = await launchNatsServer();
      // Each contender has its own connection.
      brokers = await Promise.all(
        [1, 2].map(() => openBroker({ connection: { servers: [server.url], name: 'test' }, buckets: [{ name: BUCKET }] }))
      );
      buckets = brokers.map(broker => broker.buckets.bucket(BUCKET));
    });
    beforeEach(async () => {
      clock = new Clock();
      for (const { key, revision } of await buckets[0]!.list('>')) await buckets[0]!.delete(key, revision);
    });
    afterAll(async () => {
      await Promise.all(brokers.map(broker => broker.close()));
      await server.stop();
    });

    const contender = (index: 0 | 1): Contender => open(buckets[index]!, `n${contenders++}`, clock.now);

    /** Returns the owner of a lease, and a function by which another process takes over: `false` while it may not. */
    const rivals = async (): Promise<{ holder: Contender; other: Contender; succeed: () => Promise<boolean> }> => {
      const holder = contender(0);
      expect(await holder.lease.take()).toBe(true);
      const other = contender(1);
      if (keys === 'shared') {
        expect(await other.lease.take()).toBe(false);
        return { holder, other, succeed: () => other.lease.take() };
      }
      expect(await other.lease.take()).toBe(true);
      const peers = new Peers();
      const look = async (): Promise<void> => {
        const entry = await buckets[1]!.get(holder.key);
        if (entry) peers.renewed(holder.key, entry.revision, clock.now());
      };
      await look();
      const succeed = async (): Promise<boolean> => {
        await look();
        expect(await other.lease.renew()).toBe(true);
        const [silent] = peers.silent(leaseMs, { now: clock.now(), steadySince: other.lease.steadySince });
        return silent !== undefined && declareDead(buckets[1]!, silent.name, silent.revision);
      };
      return { holder, other, succeed };
    };
    /** Advances time in steps short enough not to interrupt a process that renews in each. */
    const pass = async (ms: number, step: () => Promise<unknown>): Promise<void> => {
      const steps = 10;
      for (let i = 0; i < steps; i++) {
        clock.advance(ms / steps);
        await step();
      }
    };
    const nothing = (): Promise<void> => Promise.resolve();

    it('is held by one process', async () => {
      const { holder, succeed } = await rivals();
      expect(holder.lease.held).toBe(true);
      expect(await succeed()).toBe(false);
      expect(await holder.lease.renew()).toBe(true);
    });

    it('lasts while it is renewed', async () => {
      const { holder, succeed } = await rivals();
      await pass(3 * leaseMs, async () => {
        expect(await holder.lease.renew()).toBe(true);
        expect(await succeed()).toBe(false);
      });
      expect(holder.lease.held).toBe(true);
    });

    it('has an epoch that grows with renewals', async () => {
      const { holder } = await rivals();
      const { epoch } = holder.lease;
      expect(epoch).toBe(holder.lease.firstEpoch);
      await holder.lease.renew();
      expect(holder.lease.epoch).toBeGreaterThan(epoch);
      expect(holder.lease.firstEpoch).toBe(epoch);
    });

    it('survives a renewal whose answer was lost', async () => {
      const { holder } = await rivals();
      const stored = await buckets[0]!.get(holder.key);
      await buckets[0]!.compareAndSet(holder.key, stored!.value, holder.lease.epoch);
      expect(await holder.lease.renew()).toBe(true);
      expect(holder.lease.held).toBe(true);
    });

    it(`is fenced after ${fencePart.toFixed(2)} of its time`, async () => {
      expect(fenceMs / leaseMs).toBeCloseTo(fencePart, 5);
      const { holder, succeed } = await rivals();
      clock.advance(fenceMs - 1);
      expect(holder.lease.held).toBe(true);
      clock.advance(1);
      expect(holder.lease.held).toBe(false);
      // The owner has stopped, and no other process has taken over.
      expect(await succeed()).toBe(false);
    });

    it('is taken over after its timeout, and not before', async () => {
      const { holder, other, succeed } = await rivals();
      await pass(leaseMs, async () => expect(await succeed()).toBe(false));
      const { epoch } = holder.lease;
      await pass(1, nothing);
      expect(await succeed()).toBe(true);
      expect(holder.lease.held).toBe(false);
      expect(await holder.lease.renew()).toBe(false);
      expect([holder.lease.epoch, holder.lease.firstEpoch]).toEqual([0, 0]);
      expect(other.lease.epoch).toBeGreaterThan(epoch);
    });

    it('can be taken again, under a higher epoch, after a loss', async () => {
      const { holder, other, succeed } = await rivals();
      const { epoch } = holder.lease;
      await pass(leaseMs, succeed);
      clock.advance(1);
      await succeed();
      await holder.lease.renew();
      if (keys === 'shared') await other.lease.release();
      expect(await holder.lease.take()).toBe(true);
      expect(holder.lease.epoch).toBeGreaterThan(epoch);
    });

    it('ignores changes of the wall clock', async () => {
      const { holder, succeed } = await rivals();
      const { now } = Date;
      try {
        for (const jump of [3_600_000, -3_600_000]) {
          Date.now = () => now.call(Date) + jump;
          expect(holder.lease.held).toBe(true);
          expect(await succeed()).toBe(false);
          expect(await holder.lease.renew()).toBe(true);
        }
      } finally {
        Date.now = now;
      }
    });

    it('has expired after a pause of the process', async () => {
      const { holder } = await rivals();
      clock.advance(10 * leaseMs);
      expect(holder.lease.held).toBe(false);
      expect(holder.lease.ageMs).toBe(10 * leaseMs);
      // No other process has taken it, so it is renewed and starts counting again.
      expect(await holder.lease.renew()).toBe(true);
      expect(holder.lease.held).toBe(true);
      expect(holder.lease.steadySince).toBe(clock.now());
    });

    it('is free immediately after its release', async () => {
      const holder = contender(0);
      await holder.lease.take();
      const { epoch } = holder.lease;
      await holder.lease.release();
      expect(holder.lease.held).toBe(false);
      expect(await buckets[0]!.get(holder.key)).toBeNull();
      const next = contender(1);
      expect(await next.lease.take()).toBe(true);
      expect(next.lease.epoch).toBeGreaterThan(epoch);
    });

    it('is not held after it was dropped', async () => {
      const { holder } = await rivals();
      holder.lease.drop();
      expect(holder.lease.held).toBe(false);
      expect(await holder.lease.renew()).toBe(false);
      expect(await holder.lease.take()).toBe(true);
    });

    it('treats a damaged record as free', async () => {
      const holder = contender(0);
      await buckets[0]!.put(holder.key, Buffer.from('{"edge":'));
      expect(await holder.lease.take()).toBe(true);
    });

    if (keys === 'own')
      it('does not count the silence of others during its own', async () => {
        const { holder, other, succeed } = await rivals();
        // Both were cut off from the broker: the first to reconnect must not take the other for dead.
        clock.advance(2 * leaseMs);
        expect(await succeed()).toBe(false);
        expect(other.lease.held).toBe(true);
        expect(await holder.lease.renew()).toBe(true);
      });
  });
}
