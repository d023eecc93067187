import { parseHeaders, randomSecret } from './webhook-headers.codec.js';

it('reads a header from each line', () => {
  expect(parseHeaders('X-Api-Key: a:b\n\n  x-shop :  7 \nEmpty:')).toEqual({
    headers: { 'X-Api-Key': 'a:b', 'x-shop': '7', Empty: '' },
    wrong: []
  });
  expect(parseHeaders('')).toEqual({ headers: {}, wrong: [] });
});

it('reports the lines that are not a header', () => {
  expect(parseHeaders('no colon\nX-Ok: 1\nbad name: 2').wrong).toEqual(['no colon', 'bad name: 2']);
});

it('generates different secrets that the edge accepts', () => {
  expect(randomSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
  expect(randomSecret()).not.toBe(randomSecret());
});
