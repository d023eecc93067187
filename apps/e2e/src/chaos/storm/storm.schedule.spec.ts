import { seededRandom } from '../seeded-random.js';
import { scheduleStorm } from './storm.schedule.js';

const plan = {
  seed: 7,
  messages: 10_000,
  faults: { connector: 20, outage: 1, nats: 2, edge: 2, whatsapp: 2 },
  dedupWindowMs: 5_000
} as const;

test('the same seed makes the same storm, another a different one', () => {
  expect(scheduleStorm(plan)).toEqual(scheduleStorm(plan));
  expect(scheduleStorm({ ...plan, seed: 8 })).not.toEqual(scheduleStorm(plan));
});

test.each([1, 2, 3, 4, 5])('faults are as frequent as requested, in order (seed %i)', seed => {
  const schedule = scheduleStorm({ ...plan, seed });
  for (const [kind, times] of Object.entries(plan.faults)) expect(schedule.filter(fault => fault.kind === kind)).toHaveLength(times);
  const moments = schedule.map(({ atMessage }) => atMessage);
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
  expect(Math.min(...moments)).toBeGreaterThan(0);
  expect(Math.max(...moments)).toBeLessThan(plan.messages);
});

test('an outage outlasts the duplicate window of the broker', () => {
  const outage = scheduleStorm(plan).find(({ kind }) => kind === 'outage');
  expect(outage?.downMs).toBeGreaterThan(plan.dedupWindowMs);
});

test('random numbers are spread over the whole range', () => {
  const random = seededRandom(1);
  const numbers = Array.from({ length: 1_000 }, () => random());
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (const tenth of [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    expect(numbers.filter(number => number >= tenth && number < tenth + 0.1).length).toBeGreaterThan(60);
  }
});
