import { figureText, shareText, type FigureUnit } from './figure-units.policy.js';

it.each<[FigureUnit, number, string]>([
  ['count', 0, '0'],
  ['count', 7.26, '7.3'],
  ['count', 1_234.5, '1,235'],
  ['seconds', 0.0344, '34 ms'],
  ['seconds', 0.004, '4 ms'],
  ['seconds', 2.34, '2.3 sec'],
  ['bytes', 0, '0 byte'],
  ['bytes', 1_240_000, '1.2 MB'],
  ['bytes', 5e9, '5 GB']
])('writes %s %d as %s', (unit, value, text) => {
  expect(figureText('en', unit, value)).toBe(text);
});

it('writes figures in the given language', () => {
  expect(figureText('de', 'bytes', 1_240_000)).toBe('1,2 MB');
  expect(shareText('en', 0.0123)).toBe('1.2%');
  expect(shareText('en', 0.52)).toBe('52%');
});
