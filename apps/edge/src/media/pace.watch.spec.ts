import { PaceWatch, type Pace, type PaceBreach } from './pace.watch.js';

const { jest } = import.meta;

const PACE: Pace = { bytesPerSecond: 65_536, patienceMs: 2_000, limitMs: 60_000 };
let breaches: PaceBreach[];
const watch = (pace: Partial<Pace> = {}): PaceWatch => new PaceWatch({ ...PACE, ...pace }, breach => breaches.push(breach));

beforeEach(() => {
  breaches = [];
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

test('a client that does nothing is reported once, with a delay', () => {
  watch();
  jest.advanceTimersByTime(1_999);
  expect(breaches).toEqual([]);
  jest.advanceTimersByTime(60_000);
  expect(breaches).toEqual(['too slow']);
});

test('a byte now and then buys almost no time', () => {
  const one = watch();
  for (let i = 0; i < 5; i++) {
    one.passed(1);
    jest.advanceTimersByTime(500);
  }
  expect(breaches).toEqual(['too slow']);
});

test('at the pace a transfer continues, up to the time limit', () => {
  const one = watch();
  for (let i = 0; i < 59; i++) {
    one.passed(65_536);
    jest.advanceTimersByTime(1_000);
  }
  expect(breaches).toEqual([]);
  one.passed(65_536);
  jest.advanceTimersByTime(1_000);
  expect(breaches).toEqual(['too long']);
});

test('a fast start does not pay for a long pause', () => {
  const one = watch();
  one.passed(100_000_000);
  jest.advanceTimersByTime(2_001);
  expect(breaches).toEqual(['too slow']);
});

test('time in which this side is slow does not count', () => {
  const one = watch();
  jest.advanceTimersByTime(1_500);
  one.pause();
  jest.advanceTimersByTime(30_000);
  one.resume();
  jest.advanceTimersByTime(499);
  expect(breaches).toEqual([]);
  jest.advanceTimersByTime(2_001);
  expect(breaches).toEqual(['too slow']);
});

test('without a minimum, any transfer that moves continues', () => {
  const one = watch({ bytesPerSecond: 0 });
  for (let i = 0; i < 10; i++) {
    jest.advanceTimersByTime(1_900);
    one.passed(1);
  }
  expect(breaches).toEqual([]);
  jest.advanceTimersByTime(2_001);
  expect(breaches).toEqual(['too slow']);
});

test('a stopped watch reports nothing', () => {
  watch().stop();
  jest.advanceTimersByTime(100_000);
  expect(breaches).toEqual([]);
});
