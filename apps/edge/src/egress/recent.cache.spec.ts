import { RecentAnswers } from './recent.cache.js';

test('an answer lasts for its lifetime, and can be removed', () => {
  let now = 0;
  const recent = new RecentAnswers<number>(60, 2, () => now);
  recent.set('a', 1);
  recent.set('b', 2);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, 2, undefined]);
  recent.forget('b');
  now = 59;
  expect([recent.get('a'), recent.get('b')]).toEqual([1, undefined]);
  now = 60;
  expect(recent.get('a')).toBeUndefined();
});

test('no more answers are kept than the limit', () => {
  const recent = new RecentAnswers<number>(60, 2, () => 0);
  for (const n of [1, 2, 3]) recent.set(String(n), n);
  expect([recent.get('1'), recent.get('2'), recent.get('3')]).toEqual([undefined, undefined, 3]);
});
