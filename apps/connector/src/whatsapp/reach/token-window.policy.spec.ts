import { isTokenValid, readTokenWindow } from './token-window.policy.js';

const DAY_S = 86_400;
const now = 1_790_000_000;
const age = (days: number) => now - days * DAY_S;

describe('the validity of a contact token', () => {
  test('is four weeks by default', () => {
    expect(isTokenValid(age(20), null, now * 1_000)).toBe(true);
    expect(isTokenValid(age(29), null, now * 1_000)).toBe(false);
  });

  test('follows the switches of WhatsApp', () => {
    const window = readTokenWindow({ '909': '26' });
    expect(window).toEqual({ bucketS: 7 * DAY_S, buckets: 26 });
    expect(isTokenValid(String(age(40)), window, now * 1_000)).toBe(true);
    expect(isTokenValid(age(183), window, now * 1_000)).toBe(false);
    expect(readTokenWindow({ '865': '3600' })).toEqual({ bucketS: 3_600, buckets: 4 });
  });

  test.each([[{}], [{ '909': '0' }], [{ '909': 'x' }], [{ '1': '26' }]])('is not set by %j', props => {
    expect(readTokenWindow(props)).toBeNull();
  });

  test.each([[undefined], [null], ['x'], [0]])('a token with the time %j is never valid', timestamp => {
    expect(isTokenValid(timestamp, null, now * 1_000)).toBe(false);
  });
});
