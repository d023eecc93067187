import { measureStorm } from './storm.measurement.js';

test('a small storm with kills loses and duplicates no message', async () => {
  const result = await measureStorm({
    seed: 4,
    sessions: 3,
    messages: 300,
    oddEvery: 8,
    perSecond: 40,
    outwardPerSecond: 3,
    faults: { connector: 2, edge: 1, stall: 1 },
    dedupWindowMs: 4_000,
    journal: true,
    cluster: false
  });
  const clean = { lost: [], duplicated: [], outOfOrder: [], unknown: [] };
  expect(result.complaints).toEqual([]);
  expect(result.log).toMatchObject(clean);
  expect(result.consumer).toMatchObject(clean);
  expect(result.outward).toMatchObject(clean);
  expect(result.parts.missing).toEqual([]);
  expect(result.difference).toBeNull();
  expect(result.log.arrived).toBeGreaterThanOrEqual(300);
  expect(result.outward.arrived).toBeGreaterThan(0);
  expect(result.simulator.repeated).toBeGreaterThan(0);
  expect([result.connectorKills, result.injected.edge]).toEqual([2, 1]);
}, 120_000);
