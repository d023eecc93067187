import { creatorOf } from './creator.policy.js';
import { Creators, type TokenGonePolicy } from './creators.js';
import type { Principal } from './principal.js';
import { KnownTokens } from './tokens/known-tokens.state.js';
import { hashToken, parseTokenFile, tokenId } from './tokens/token-file.codec.js';
import { denialId } from './tokens/token-grant.policy.js';

const TOKEN = 'a-token-for-this-test-01';
const ID = tokenId(hashToken(TOKEN));
const JWT: Principal = {
  id: 'jwt-1',
  sessions: '*',
  scopes: ['admin'],
  expiresAt: Date.now() - 1,
  jwt: { jti: 'j', subject: 's', issuedAt: Date.now() - 60_000 }
};

function tokens({ records = true } = {}): KnownTokens {
  const known = new KnownTokens();
  known.replaceFile(parseTokenFile(TOKEN));
  if (records) known.complete();
  return known;
}

const creators = (known: KnownTokens, whenTokenGoes: TokenGonePolicy = 'pause'): Creators =>
  new Creators(known, { whenTokenGoes, deleteAfterMs: 1 });
const deny = (known: KnownTokens, kind: 'jti' | 'subject', value: string, at = new Date()): void =>
  known.setDenial(denialId(kind, value), { id: denialId(kind, value), kind, value, deniedAt: at.toISOString(), deniedBy: 'x' });

describe('objects created with a token', () => {
  it('stay as long as the token is known and permits them', () => {
    const known = tokens();
    const made = creators(known);
    expect(made.anyInvalid([{ id: ID }], () => true)).toBe(false);
    expect(made.anyInvalid([{ id: ID }], ({ scopes }) => !scopes.includes('admin'))).toBe(true);
    known.replaceFile([]);
    expect(made.anyInvalid([{ id: ID }], () => true)).toBe(true);
    expect(creators(known, 'keep').anyInvalid([{ id: ID }], () => true)).toBe(false);
    expect(creators(known, 'delete').anyInvalid([{ id: ID }], () => true)).toBe(true);
  });

  it('must be permitted by every token behind them', () => {
    expect(creators(tokens()).anyInvalid([{ id: ID }, { id: 'another' }], () => true)).toBe(true);
  });

  it('stay without a recorded token, and while records load', () => {
    expect(creators(tokens()).anyInvalid([], () => false)).toBe(false);
    expect(creators(tokens({ records: false })).anyInvalid([{ id: 'unheard-of' }], () => false)).toBe(false);
  });

  it('end with the expiry of a recorded token', () => {
    const known = tokens();
    const hash = hashToken('recorded');
    const principal: Principal = { id: tokenId(hash), sessions: '*', scopes: ['read'], expiresAt: Date.now() - 1 };
    known.setRecord(principal.id, { hash, principal });
    expect(creators(known).anyInvalid([creatorOf(principal)], () => true)).toBe(true);
  });

  it('outlive a JWT whose subject gets another one', () => {
    expect(creators(tokens()).anyInvalid([creatorOf(JWT)], () => true)).toBe(false);
    const { subject: _subject, ...jwt } = JWT.jwt!;
    expect(creators(tokens()).anyInvalid([creatorOf({ ...JWT, jwt })], () => true)).toBe(true);
  });

  it.each(['jti', 'subject'] as const)('end with the denial of a JWT by its %s', kind => {
    const known = tokens();
    deny(known, kind, 'somebody else');
    expect(creators(known).anyInvalid([creatorOf(JWT)], () => true)).toBe(false);
    deny(known, kind, kind === 'jti' ? 'j' : 's');
    expect(creators(known).anyInvalid([creatorOf(JWT)], () => true)).toBe(true);
  });

  it('outlive a denial of older tokens of its subject', () => {
    const known = tokens();
    deny(known, 'subject', 's', new Date(Date.now() - 600_000));
    expect(creators(known).anyInvalid([creatorOf(JWT)], () => true)).toBe(false);
  });

  it('store nothing of a JWT that identifies its holder', () => {
    expect(JSON.stringify(creatorOf({ ...JWT, jwt: { jti: 'secret-jti', subject: '4915550001' } }))).not.toMatch(/secret-jti|4915550001/);
  });
});
