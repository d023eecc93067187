import { KINDS } from './rehearsal-cast.js';
import { rehearsalFaults } from './rehearsal.checker.js';
import { measureRehearsal } from './rehearsal.measurement.js';

test('a short rehearsal ends no stream and blocks no queue', async () => {
  const accounts = KINDS.length;
  const env = { WABUS_RECONNECT_BASE_MS: '200' };
  const result = await measureRehearsal({ seed: 4, accounts, lengthMs: 12_000, everyMs: 600, env });
  expect(rehearsalFaults(result.seen)).toEqual([]);
  expect(Object.keys(result.accounts).sort()).toEqual([...KINDS].sort());
  expect(result.seen.written.length).toBeGreaterThan(20);
  expect(result.seen.sent.length).toBeGreaterThan(5);
  expect(result.reconnects).toBeGreaterThan(0);
  expect(result.slowestPostAckMs).toBeGreaterThan(0);
}, 180_000);
