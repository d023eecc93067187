import { generateKeyPairSync, sign } from 'node:crypto';
import type { PasskeyAssertion } from '@wabus/testing';
import { SimulatedPasskey, type AssertionWish } from '../accounts/passkey.js';
import { assertionFault, ORIGIN, RELYING_PARTY, sha256 } from './webauthn-assertion.policy.js';

const challenge = Buffer.alloc(32, 7).toString('base64url');
const passkey = SimulatedPasskey.create();
const wish: AssertionWish = {
  rpId: RELYING_PARTY,
  challenge,
  origin: ORIGIN,
  type: 'webauthn.get',
  crossOrigin: false,
  userPresent: true,
  userVerified: true,
  foreignKey: false
};

const fault = (assertion: PasskeyAssertion, text = JSON.stringify(assertion), credentialId = Buffer.from(assertion.rawId, 'base64url')) =>
  assertionFault(Buffer.from(text), credentialId, { challenge, credentialId: passkey.credentialId, publicKey: passkey.publicKey });

describe('an assertion', () => {
  const good = passkey.assert(wish)!;
  const response = (changes: object) => JSON.stringify({ ...good, response: { ...good.response, ...changes } });

  it('is accepted if all of it is valid', () => {
    expect(fault(good)).toBeUndefined();
    expect(fault(good, response({ userHandle: null }))).toBeUndefined();
  });

  it.each<[string, Partial<AssertionWish>, RegExp]>([
    ['of another origin', { origin: 'https://whatsapp.com.example' }, /another origin/],
    ['of an origin without TLS', { origin: 'http://web.whatsapp.com' }, /another origin/],
    ['for another party', { rpId: 'web.whatsapp.com' }, /another rpId/],
    ['of another challenge', { challenge: 'AAAA' }, /another challenge/],
    ['of another credential', { credentialId: Buffer.alloc(16) }, /no such credential/],
    ['without a user', { userPresent: false }, /not present/],
    ['without a verified user', { userVerified: false }, /not verified/],
    ['from a frame', { crossOrigin: true }, /frame/],
    ['made for a registration', { type: 'webauthn.create' }, /another type/],
    ['of another key', { foreignKey: true }, /signature/]
  ])('is refused if it is %s', (_case, changes, reason) => {
    expect(fault(passkey.assert({ ...wish, ...changes })!)).toMatch(reason);
  });

  it.each<[string, string, RegExp]>([
    ['is not JSON', '{', /no JSON/],
    ['is a list', '[]', /no JSON/],
    ['has no response', JSON.stringify({ ...good, response: null }), /no JSON object with a response/],
    ['has fields that a browser adds', JSON.stringify({ ...good, clientExtensionResults: {} }), /other keys/],
    [
      'has its keys in another order',
      JSON.stringify({ rawId: good.rawId, id: good.id, type: good.type, response: good.response }),
      /order/
    ],
    ['lacks a key', JSON.stringify({ id: good.id, rawId: good.rawId, response: good.response }), /other keys/],
    ['has two ids', JSON.stringify({ ...good, id: 'AAAA' }), /differ/],
    ['has another type', JSON.stringify({ ...good, type: 'password' }), /public-key/],
    ['has padding', response({ signature: `${good.response.signature}=` }), /base64url/],
    ['has base64', response({ authenticatorData: '+/+/' }), /base64url/],
    ['has no user handle', response({ userHandle: '' }), /userHandle/],
    ['has client data that is not JSON', response({ clientDataJSON: 'AAAA' }), /clientDataJSON/],
    ['has too short authenticator data', response({ authenticatorData: 'AAAA' }), /too short/],
    ['has another signature', response({ signature: 'AAAA' }), /signature/]
  ])('is refused if it %s', (_case, text, reason) => {
    expect(fault(good, text)).toMatch(reason);
  });

  it('is refused if it has another credential_id', () => {
    expect(fault(good, undefined, Buffer.alloc(16))).toMatch(/credential_id/);
  });

  it.each([
    ['rsa', () => generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'],
    ['ed25519', () => generateKeyPairSync('ed25519'), null]
  ] as const)('may be signed by an authenticator with %s keys', (_type, generate, hash) => {
    const { publicKey, privateKey } = generate();
    const { clientDataJSON, authenticatorData } = good.response;
    const signed = Buffer.concat([Buffer.from(authenticatorData, 'base64url'), sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const text = response({ signature: sign(hash, signed, privateKey).toString('base64url') });
    const expected = { challenge, credentialId: passkey.credentialId, publicKey };
    expect(assertionFault(Buffer.from(text), passkey.credentialId, expected)).toBeUndefined();
    expect(assertionFault(Buffer.from(text), passkey.credentialId, { ...expected, publicKey: passkey.publicKey })).toMatch(/signature/);
  });
});
