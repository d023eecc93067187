import { encodeJsonRecord, type SessionId, type TokenDenial, type TokenRecord } from '@wabus/contracts';
import { KnownTokens } from './known-tokens.state.js';
import type { Principal } from '../principal.js';
import { hashToken, parseTokenFile, tokenId } from './token-file.codec.js';
import { decodeTokenRecord, knownToken } from './token-record.store.js';

const now = Date.parse('2026-01-01T00:00:00Z');
const first = 'first-token-0123456789';
const second = 'second-token-012345678';
const recordOf = (token: string, more: Partial<TokenRecord> = {}): TokenRecord => ({
  id: tokenId(hashToken(token)),
  name: 'n',
  sessions: ['sales'],
  scopes: ['read'],
  createdAt: '2025-01-01T00:00:00Z',
  createdBy: 'x',
  expiresAt: null,
  hash: hashToken(token),
  ...more
});

describe('the known tokens', () => {
  let tokens: KnownTokens;
  beforeEach(() => (tokens = new KnownTokens()));

  it('are those of the file and of the records, and no others', () => {
    tokens.replaceFile(parseTokenFile(first));
    tokens.setRecord(recordOf(second).id, knownToken(recordOf(second)));
    expect(tokens.identify(first, now)).toMatchObject({ sessions: '*' });
    expect(tokens.identify(second, now)).toMatchObject({ sessions: ['sales'], scopes: ['read'] });
    for (const wrong of ['', first.slice(1), `${first} `, 'x'.repeat(1_000_000), hashToken(first), `sha256:${hashToken(first)}`])
      expect(tokens.identify(wrong, now)).toBeNull();
  });

  it('become invalid when removed or expired', () => {
    tokens.replaceFile(parseTokenFile(`${first}\n`));
    const { id } = recordOf(second);
    tokens.setRecord(id, knownToken(recordOf(second, { expiresAt: '2026-01-01T00:00:01Z' })));
    const [ofFile, ofRecord] = [tokens.identify(first, now)!, tokens.identify(second, now)!];
    expect([ofFile, ofRecord].map(principal => tokens.isValid(principal, now))).toEqual([true, true]);
    expect(tokens.isValid(ofRecord, now + 1_000)).toBe(false);
    expect(tokens.identify(second, now + 1_000)).toBeNull();
    tokens.setRecord(id, null);
    tokens.replaceFile(parseTokenFile('another-token-0123456\n'));
    expect([ofFile, ofRecord].map(principal => tokens.isValid(principal, now))).toEqual([false, false]);
  });

  it('expire when their permissions change, not when moved', () => {
    tokens.replaceFile(parseTokenFile(`${first} sessions=a,b scopes=read,send`));
    const principal = tokens.identify(first, now)!;
    tokens.replaceFile(parseTokenFile(`# moved\n${second}\n${first} scopes=send,read sessions=b,a`));
    expect(tokens.isValid(principal, now)).toBe(true);
    tokens.replaceFile(parseTokenFile(`${first} sessions=a scopes=read,send`));
    expect(tokens.isValid(principal, now)).toBe(false);
  });

  it('stay valid for a connection restricted to one session', () => {
    tokens.replaceFile(parseTokenFile(`${first} sessions=a,b`));
    const restricted = { ...tokens.identify(first, now)!, sessions: ['a' as SessionId] };
    expect(tokens.isValid(restricted, now)).toBe(true);
  });

  it('deny a JWT by its id, or by subject and time of issue', () => {
    const deniedAt = '2026-01-01T00:00:00Z';
    const denial = (kind: TokenDenial['kind'], value: string): TokenDenial => ({ id: kind, kind, value, deniedAt, deniedBy: 'x' });
    const jwt = (identity: Principal['jwt']): Principal => ({ id: 'jwt-1', sessions: '*', scopes: ['read'], jwt: identity });
    tokens.setDenial('jti', denial('jti', 'j1'));
    tokens.setDenial('subject', denial('subject', 'ada'));
    expect(tokens.isDenied(jwt({ jti: 'j1' }))).toBe(true);
    expect(tokens.isDenied(jwt({ jti: 'j2', subject: 'bob' }))).toBe(false);
    expect(tokens.isDenied(jwt({ jti: 'ada' }))).toBe(false);
    expect(tokens.isDenied(jwt({ subject: 'ada', issuedAt: now }))).toBe(true);
    expect(tokens.isDenied(jwt({ subject: 'ada' }))).toBe(true);
    // An issuer's clock that is ahead within the tolerance does not save a token.
    expect(tokens.isDenied(jwt({ subject: 'ada', issuedAt: now + 5_000 }))).toBe(true);
    expect(tokens.isDenied(jwt({ subject: 'ada', issuedAt: now + 5_001 }))).toBe(false);
    tokens.setDenial('subject', null);
    expect(tokens.isDenied(jwt({ subject: 'ada' }))).toBe(false);
  });

  it.each([
    ['another hash than its id', { hash: hashToken(first) }],
    ['an unknown scope', { scopes: ['root'] as never }],
    ['a wrong session', { sessions: ['a/b'] }],
    ['no expiry', { expiresAt: undefined as never }],
    ['an expiry that is not a time', { expiresAt: 'never' }]
  ])('exclude a record with %s', (_what, more) => {
    expect(decodeTokenRecord(encodeJsonRecord(recordOf(second)))).toEqual(recordOf(second));
    expect(decodeTokenRecord(encodeJsonRecord(recordOf(second, more)))).toBeNull();
  });
});
