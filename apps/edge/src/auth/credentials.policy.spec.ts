import type { WabusError } from '@wabus/contracts';
import { authorizationOfKey, credentialsOfHandshake, credentialsOfRequest } from './credentials.policy.js';

const codeOf = (attempt: () => unknown): string => {
  try {
    return `accepted ${JSON.stringify(attempt())}`;
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('credentialsOfHandshake', () => {
  it('accepts the documented forms', () => {
    expect(credentialsOfHandshake({ token: 't' }, {})).toEqual({ token: 't' });
    expect(credentialsOfHandshake({ token: 't', type: 'static' }, { EIO: '4', transport: 'polling' })).toEqual({
      token: 't',
      type: 'static'
    });
    expect(credentialsOfHandshake({ type: 'jwt', token: 't', identifier: '16505551234' }, {})).toEqual({
      type: 'jwt',
      token: 't',
      identifier: '16505551234'
    });
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
    { token: 't', type: 'none' },
    { token: 't', type: null }
  ])('refuses %j', auth => {
    expect(codeOf(() => credentialsOfHandshake(auth, {}))).toBe('UNAUTHORIZED');
  });

  it('refuses a token in the query string next to a valid one', () => {
    expect(codeOf(() => credentialsOfHandshake({ token: 't' }, { token: 't' }))).toBe('UNAUTHORIZED');
    expect(codeOf(() => credentialsOfHandshake({ token: 't' }, { access_token: 't' }, true))).toBe('UNAUTHORIZED');
  });

  it('accepts a token in the query string where permitted', () => {
    expect(credentialsOfHandshake(undefined, { access_token: 't' }, true)).toEqual({ token: 't' });
    expect(credentialsOfHandshake({ identifier: 'sales' }, { access_token: 't' }, true)).toEqual({ token: 't', identifier: 'sales' });
  });
});

describe('credentialsOfRequest', () => {
  it('accepts a bearer token, in any case of the scheme', () => {
    expect(credentialsOfRequest('Bearer abc', {})).toEqual({ token: 'abc' });
    expect(credentialsOfRequest('bearer abc', {})).toEqual({ token: 'abc' });
  });

  it.each([undefined, '', 'abc', 'Basic abc', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a, Bearer b'])('refuses %j', header => {
    expect(codeOf(() => credentialsOfRequest(header, {}))).toBe('UNAUTHORIZED');
    expect(codeOf(() => credentialsOfRequest(header, {}, true))).toBe('UNAUTHORIZED');
  });

  it.each(['token', 'access_token', 'apikey'])('refuses the query parameter %s', name => {
    expect(codeOf(() => credentialsOfRequest('Bearer abc', { [name]: 'abc' }))).toBe('UNAUTHORIZED');
  });

  it.each([{ access_token: ['a', 'b'] }, { access_token: 'a', token: 'b' }, { access_token: '' }, { token: 'a' }])(
    'does not choose between tokens in the query string: %j',
    query => {
      expect(codeOf(() => credentialsOfRequest(undefined, query, true))).toBe('UNAUTHORIZED');
    }
  );

  it('accepts one from the query string where permitted, not two', () => {
    expect(credentialsOfRequest(undefined, { access_token: 'abc' }, true)).toEqual({ token: 'abc' });
    expect(codeOf(() => credentialsOfRequest('Bearer abc', { access_token: 'abc' }, true))).toBe('UNAUTHORIZED');
  });

  it('accepts a key header, but not next to another token', () => {
    expect(authorizationOfKey('abc', undefined)).toBe('Bearer abc');
    expect(authorizationOfKey('abc', 'Bearer abc')).toBe('Bearer abc');
    expect(codeOf(() => authorizationOfKey('abc', 'Bearer def'))).toBe('UNAUTHORIZED');
    expect(codeOf(() => credentialsOfRequest(authorizationOfKey('a b', undefined), {}))).toBe('UNAUTHORIZED');
  });
});
