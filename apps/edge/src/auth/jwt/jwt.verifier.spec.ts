import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { WabusError } from '@wabus/contracts';
import { SignJWT, UnsecuredJWT, exportJWK, type JWTPayload } from 'jose';
import { JwksKeys, JwksSource, parseJwks } from './jwks.source.js';
import { JwtVerifier, looksLikeJwt, type JwtSettings } from './jwt.verifier.js';

const SECRET = Buffer.from('a-secret-of-at-least-32-characters');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const intruder = generateKeyPairSync('rsa', { modulusLength: 2048 });
const in10Minutes = (): number => Math.floor(Date.now() / 1_000) + 600;
const claims = (more: JWTPayload = {}): JWTPayload => ({
  exp: in10Minutes(),
  sub: 'ada',
  wabus: { sessions: ['sales'], scopes: ['read'] },
  ...more
});

/** An issuer under the test's control, which counts the reads of its key set. */
class CountedSource extends JwksSource {
  reads = 0;
  constructor(private readonly texts: string[]) {
    super();
  }
  read(): Promise<string> {
    const text = this.texts[Math.min(this.reads++, this.texts.length - 1)]!;
    return text === '' ? Promise.reject(new Error('unreachable')) : Promise.resolve(text);
  }
}
const publicJwk = async (key: KeyObject, kid: string, alg: string): Promise<object> => ({
  ...(await exportJWK(key)),
  kid,
  alg,
  use: 'sig'
});
const keySet = async (): Promise<string> =>
  JSON.stringify({ keys: [await publicJwk(rsa.publicKey, 'r1', 'RS256'), await publicJwk(ec.publicKey, 'e1', 'ES256')] });

const signed = (payload: JWTPayload, alg: string, key: KeyObject | Uint8Array, header: object = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg, ...header }).sign(key);
/** A token as an attacker could build it, with any header. */
const forged = (header: object, payload: object, key: string | Buffer): string => {
  const body = [header, payload].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
};

describe('JWTs', () => {
  let verifier: JwtVerifier;
  const verifierWith = (more: Partial<JwtSettings>): JwtVerifier =>
    new JwtVerifier({
      secret: null,
      keys: null,
      issuer: null,
      audience: null,
      claims: { sessions: 'wabus.sessions', scopes: 'wabus.scopes' },
      ...more
    });
  const refusal = (token: string, by = verifier): Promise<string> =>
    by.verify(token).then(
      principal => `accepted ${JSON.stringify(principal)}`,
      (error: WabusError) => error.code
    );
  beforeAll(async () => {
    verifier = verifierWith({ secret: SECRET, keys: new JwksKeys(new CountedSource([await keySet()]), () => undefined) });
  });

  it('are accepted in three algorithms, with scopes and expiry', async () => {
    const exp = in10Minutes();
    const tokens = [
      await signed(claims({ exp, jti: 'j1', iat: 1_000 }), 'HS256', SECRET),
      await signed(claims({ exp, jti: 'j1', iat: 1_000 }), 'RS256', rsa.privateKey, { kid: 'r1' }),
      await signed(claims({ exp, jti: 'j1', iat: 1_000 }), 'ES256', ec.privateKey, { kid: 'e1' })
    ];
    for (const token of tokens) {
      await expect(verifier.verify(token)).resolves.toEqual({
        id: expect.stringMatching(/^jwt-[0-9a-f]{12}$/) as string,
        sessions: ['sales'],
        scopes: ['read'],
        expiresAt: exp * 1_000 + 5_000,
        jwt: { jti: 'j1', subject: 'ada', issuedAt: 1_000_000 }
      });
    }
  });

  it('count as one principal per subject, without revealing it', async () => {
    const idOf = async (more: JWTPayload): Promise<string> => (await verifier.verify(await signed(claims(more), 'HS256', SECRET))).id;
    const ids = await Promise.all([idOf({ jti: '1' }), idOf({ jti: '2' }), idOf({ sub: 'bob' }), idOf({ iss: 'x' })]);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['is expired', { exp: Math.floor(Date.now() / 1_000) - 6 }],
    ['never expires', { exp: undefined }],
    ['is not valid yet', { nbf: in10Minutes() }],
    ['has an expiry that is no number', { exp: 'tomorrow' as unknown as number }],
    ['names no sessions', { wabus: { scopes: ['read'] } }],
    ['names an impossible session', { wabus: { sessions: ['a/b'], scopes: ['read'] } }],
    ['hides a second session in the first', { wabus: { sessions: 'sales,support', scopes: ['read'] } }],
    ['names a wildcard among sessions', { wabus: { sessions: ['*'], scopes: ['read'] } }],
    ['names no session', { wabus: { sessions: [], scopes: ['read'] } }],
    ['names no scope', { wabus: { sessions: '*', scopes: [] } }],
    ['names unknown scopes only', { wabus: { sessions: '*', scopes: 'openid root' } }],
    ['has claims of its prototype only', { wabus: undefined }]
  ] as [string, JWTPayload][])('are refused if one %s', async (_what, more) => {
    await expect(refusal(await signed(claims(more), 'HS256', SECRET))).resolves.toBe('UNAUTHORIZED');
  });

  it('are reported as expired or as invalid', async () => {
    const expired = await signed(claims({ exp: 1_000 }), 'HS256', SECRET);
    await expect(verifier.verify(expired)).rejects.toMatchObject({ code: 'UNAUTHORIZED', details: { reason: 'expired' } });
  });

  describe('forged', () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const der = rsa.publicKey.export({ type: 'spki', format: 'der' });

    it('signed with the public key as HS256 secret are refused', async () => {
      const onlyKeys = verifierWith({ keys: new JwksKeys(new CountedSource([await keySet()]), () => undefined) });
      for (const key of [pem, pem.trim(), der]) {
        for (const kid of ['r1', undefined]) {
          const token = forged({ alg: 'HS256', typ: 'JWT', ...(kid ? { kid } : {}) }, claims(), key);
          await expect(refusal(token)).resolves.toBe('UNAUTHORIZED');
          await expect(refusal(token, onlyKeys)).resolves.toBe('UNAUTHORIZED');
        }
      }
    });

    it.each(['none', 'None', 'NONE', 'nOnE', '', 'HS384', 'HS512', 'RS512', 'PS256', 'EdDSA', 'dir'])(
      'with algorithm %j are refused',
      async alg => {
        const [header, payload] = [{ alg, kid: 'r1' }, claims()].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
        await expect(refusal(`${header}.${payload}.`)).resolves.toBe('UNAUTHORIZED');
        await expect(refusal(forged({ alg }, claims(), SECRET))).resolves.toBe('UNAUTHORIZED');
        await expect(refusal(new UnsecuredJWT(claims()).encode())).resolves.toBe('UNAUTHORIZED');
      }
    );

    it('with a key that the token contains or links are refused', async () => {
      const jwk = await exportJWK(createPublicKey(intruder.privateKey));
      for (const header of [
        { jwk },
        { jku: 'https://evil.example/keys' },
        { x5u: 'https://evil.example/cert' },
        { kid: 'https://evil.example/keys' }
      ]) {
        await expect(refusal(await signed(claims(), 'RS256', intruder.privateKey, header))).resolves.toBe('UNAUTHORIZED');
      }
    });

    it.each([
      '../../../../dev/null',
      '/dev/null',
      "r1' OR '1'='1",
      'e1',
      '',
      '__proto__',
      'constructor',
      17,
      null,
      { toString: 'r1' },
      ['r1']
    ])('with the key name %j are refused', async kid => {
      await expect(refusal(await signed(claims(), 'RS256', intruder.privateKey, { kid }))).resolves.toBe('UNAUTHORIZED');
      await expect(refusal(forged({ alg: 'HS256', kid }, claims(), ''))).resolves.toBe('UNAUTHORIZED');
    });

    it('with a changed payload, header or signature are refused', async () => {
      const [header = '', , signature = ''] = (await signed(claims(), 'ES256', ec.privateKey, { kid: 'e1' })).split('.');
      const admin = Buffer.from(JSON.stringify(claims({ wabus: { sessions: '*', scopes: ['admin'] } }))).toString('base64url');
      await expect(refusal(`${header}.${admin}.${signature}`)).resolves.toBe('UNAUTHORIZED');
      await expect(refusal(`${header}.${admin}.`)).resolves.toBe('UNAUTHORIZED');
      await expect(refusal(`${header}.${admin}.${Buffer.alloc(64).toString('base64url')}`)).resolves.toBe('UNAUTHORIZED');
    });

    it('with an unknown extension are refused', async () => {
      await expect(refusal(forged({ alg: 'HS256', crit: ['b64'], b64: false }, claims(), SECRET))).resolves.toBe('UNAUTHORIZED');
      await expect(refusal(forged({ alg: 'HS256', crit: ['x'], x: 1 }, claims(), SECRET))).resolves.toBe('UNAUTHORIZED');
    });

    it.each(['', '.', '..', 'a.b', 'a.b.c', 'e30.e30.', '....', 'ä.ö.ü'])('as %j are refused', async token => {
      await expect(refusal(token)).resolves.toBe('UNAUTHORIZED');
    });

    it('too large are refused before anything is decoded', async () => {
      await expect(refusal(await signed(claims({ padding: 'x'.repeat(10_000) }), 'HS256', SECRET))).resolves.toBe('UNAUTHORIZED');
    });
  });

  it('must have the configured issuer and audience', async () => {
    const strict = verifierWith({ secret: SECRET, issuer: 'https://issuer.example', audience: 'wabus' });
    const right = claims({ iss: 'https://issuer.example', aud: ['other', 'wabus'] });
    await expect(strict.verify(await signed(right, 'HS256', SECRET))).resolves.toMatchObject({ sessions: ['sales'] });
    for (const more of [{ iss: 'https://issuer.example.evil' }, { iss: undefined }, { aud: 'other' }, { aud: undefined }])
      await expect(refusal(await signed({ ...right, ...more }, 'HS256', SECRET), strict)).resolves.toBe('UNAUTHORIZED');
  });

  it('can have their permissions in other claims, as in OAuth', async () => {
    const other = verifierWith({ secret: SECRET, claims: { sessions: 'https://x.example/session', scopes: 'scope' } });
    const token = await signed({ exp: in10Minutes(), 'https://x.example/session': '*', scope: 'openid read send' }, 'HS256', SECRET);
    await expect(other.verify(token)).resolves.toMatchObject({ sessions: '*', scopes: ['read', 'send'] });
  });

  it('are all refused where no key is configured', async () => {
    const none = verifierWith({});
    expect(none.isEnabled).toBe(false);
    await expect(refusal(await signed(claims(), 'HS256', SECRET), none)).resolves.toBe('UNAUTHORIZED');
    await expect(refusal(await signed(claims(), 'RS256', rsa.privateKey), none)).resolves.toBe('UNAUTHORIZED');
  });

  describe('verified with external keys', () => {
    it('need the issuer once, and then survive its outages', async () => {
      const failures: unknown[] = [];
      const source = new CountedSource(['', await keySet(), '']);
      const keys = new JwksKeys(source, error => failures.push(error));
      await keys.refresh();
      const late = verifierWith({ keys });
      const token = await signed(claims(), 'RS256', rsa.privateKey, { kid: 'r1' });
      await expect(refusal(token, late)).resolves.toBe('UNAUTHORIZED');
      await keys.refresh();
      await expect(late.verify(token)).resolves.toMatchObject({ sessions: ['sales'] });
      await keys.refresh();
      await expect(late.verify(token)).resolves.toMatchObject({ sessions: ['sales'] });
      expect(failures).toHaveLength(2);
    });

    it('cause no request for each unknown key id', async () => {
      const source = new CountedSource([await keySet()]);
      const keys = verifierWith({ keys: new JwksKeys(source, () => undefined) });
      for (let i = 0; i < 20; i++) await refusal(await signed(claims(), 'ES256', ec.privateKey, { kid: `made-up-${i}` }), keys);
      expect(source.reads).toBe(1);
    });

    it('never use a secret key of a key set', () => {
      expect(() => parseJwks('{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"x"}]}')).toThrow(/no RSA or EC key/);
      for (const text of ['', '[]', 'null', '{}', '{"keys":{}}', '{"keys":[]}']) expect(() => parseJwks(text)).toThrow();
    });
  });

  it('are distinguished from static tokens by their form', async () => {
    expect(looksLikeJwt(await signed(claims(), 'HS256', SECRET))).toBe(true);
    for (const token of ['a-static-token-0123', 'wabus_abc', 'a.b', 'a.b.c.d', 'a b.c.d']) expect(looksLikeJwt(token)).toBe(false);
  });
});
