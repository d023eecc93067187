// @ts-check
import { COSTS, MACHINES } from './measured-costs.table.mjs';
import { bill, bottlenecks, rhythm, shardOf, simulate } from './shard.simulation.mjs';

const PLAN = { accounts: 5_000, shards: 16, servers: 6, meanEventsPerSecond: 0.3, retentionHours: 12, days: 1, seed: 7 };
/** @param {Partial<typeof PLAN>} change */
const run = (change = {}) => simulate({ ...PLAN, ...change }, COSTS, MACHINES);

describe('the simulation of shards', () => {
  it('returns the same outcome for the same seed only', () => {
    expect(run()).toEqual(run());
    expect(run({ seed: 8 })).not.toEqual(run());
  });

  it('keeps the mean rate over a day', () => {
    const hours = Array.from({ length: 240 }, (_, tenth) => rhythm(tenth / 10));
    expect(hours.reduce((sum, share) => sum + share, 0) / hours.length).toBeCloseTo(1, 1);
  });

  it('stores events for the retention time', () => {
    const events = PLAN.accounts * PLAN.meanEventsPerSecond * 3_600 * 24;
    const { storedBytesPerServer } = run({ retentionHours: 24 });
    const state = (PLAN.accounts * COSTS.stateBytes * 3) / PLAN.servers;
    expect((storedBytesPerServer - state) / ((events * COSTS.storedBytes * 3) / PLAN.servers)).toBeCloseTo(1, 1);
  });

  it('spreads sessions evenly and consistently over shards', () => {
    const counts = new Array(16).fill(0);
    for (let session = 0; session < 16_000; session++) counts[shardOf(`s-${session}`, 16)]++;
    expect(Math.min(...counts)).toBeGreaterThan(880);
    expect(shardOf('s-1', 16)).toBe(shardOf('s-1', 16));
  });

  it('lets one stream lead everything if there is only one', () => {
    const single = run({ shards: 1 });
    expect(single.peakShardEvents).toBe(single.peakEvents);
    expect(run({ shards: 16 }).peakShardEvents).toBeLessThan(single.peakShardEvents / 8);
  });

  it('puts more load on the others while a server is down', () => {
    const { peakServerEvents, peakServerEventsAfterLoss } = run();
    expect(peakServerEventsAfterLoss).toBeGreaterThan(peakServerEvents);
  });

  it('names what fails first, and raises costs with the load', () => {
    const rows = bottlenecks(PLAN, run(), { costs: COSTS, machines: MACHINES });
    expect(rows.map(({ used }) => used)).toEqual([...rows.map(({ used }) => used)].sort((a, b) => b - a));
    const full = bottlenecks(PLAN, run(), { costs: COSTS, machines: { ...MACHINES, diskBytes: 1e9 } });
    expect(full[0]?.what).toBe('disk space of a NATS server');
    expect(bill(PLAN, run({ meanEventsPerSecond: 30 }), MACHINES).machines).toBeGreaterThan(bill(PLAN, run(), MACHINES).machines);
  });
});
