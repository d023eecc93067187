import { otherSpellings } from './number-spelling.policy.js';

describe('spellings of a phone number', () => {
  test.each([
    ['Brazil with the ninth digit', '5511987654321', ['551187654321']],
    ['Brazil without it', '551187654321', ['5511987654321']],
    ['a landline in Brazil', '551132654321', []],
    ['Mexico with 1', '5215512345678', ['525512345678']],
    ['Mexico without 1', '525512345678', ['5215512345678']],
    ['Argentina with 9', '5491123456789', ['541123456789']],
    ['Argentina without 9', '541123456789', ['5491123456789']],
    ['elsewhere', '15550000001', []],
    ['too short', '5511', []],
    ['not digits', '+5511987654321', []]
  ])('%s', (_what, number, others) => {
    expect(otherSpellings(number)).toEqual(others);
  });

  test('are symmetric', () => {
    for (const number of ['5511987654321', '5215512345678', '5491123456789'])
      expect(otherSpellings(otherSpellings(number)[0]!)).toEqual([number]);
  });
});
