import type { WabusError } from '@wabus/contracts';
import { tokenOfHandshake, tokenOfHeader } from './credentials.policy.js';

const codeOf = (attempt: () => unknown): string => {
  try {
    return `accepted ${String(attempt())}`;
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('tokenOfHandshake', () => {
  it('takes the token of both documented forms', () => {
    expect(tokenOfHandshake({ token: 't' }, {})).toBe('t');
    expect(tokenOfHandshake({ token: 't', type: 'static' }, { EIO: '4', transport: 'polling' })).toBe('t');
  });

  it.each([
    undefined,
    null,
    't',
    1,
    [],
    {},
    { token: '' },
    { token: 1 },
    { token: ['t'] },
    { token: { toString: 1 } },
    { token: 't', type: 'jwt' },
    { token: 't', type: null }
  ])('refuses %j', auth => {
    expect(codeOf(() => tokenOfHandshake(auth, {}))).toBe('UNAUTHORIZED');
  });

  it('refuses a token in the query string, even beside a right one', () => {
    expect(codeOf(() => tokenOfHandshake({ token: 't' }, { token: 't' }))).toBe('UNAUTHORIZED');
  });
});

describe('tokenOfHeader', () => {
  it('takes a bearer token, in any case of the scheme', () => {
    expect(tokenOfHeader('Bearer abc', {})).toBe('abc');
    expect(tokenOfHeader('bearer abc', {})).toBe('abc');
  });

  it.each([undefined, '', 'abc', 'Basic abc', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a, Bearer b'])('refuses %j', header => {
    expect(codeOf(() => tokenOfHeader(header, {}))).toBe('UNAUTHORIZED');
  });

  it.each(['token', 'access_token', 'apikey'])('refuses the query parameter %s', name => {
    expect(codeOf(() => tokenOfHeader('Bearer abc', { [name]: 'abc' }))).toBe('UNAUTHORIZED');
  });
});
