import type { SignedKeyPair } from '@whiskeysockets/baileys';
import {
  DAY_MS,
  ROTATION_MS,
  dueAt,
  preKeyOf,
  nextKeyId,
  withOffered,
  withRotated,
  type CredentialsWithKeys
} from './signed-pre-key.policy.js';

const key = (keyId: number) => ({ keyId }) as SignedKeyPair;
const terms = { spread: 0.5, maxAgeMs: ROTATION_MS };

function rotated(times: number): CredentialsWithKeys {
  let credentials: CredentialsWithKeys = { signedPreKey: key(1) };
  for (let i = 0; i < times; i++) {
    const next = key(nextKeyId(credentials));
    credentials = { ...credentials, ...withOffered(credentials, next) };
    credentials = { ...credentials, ...withRotated(credentials, next, i) };
  }
  return credentials;
}

test('a key expires after 27 days, or on an old device’s own date', () => {
  expect(dueAt({ signedPreKeyAt: 5 * DAY_MS }, 6 * DAY_MS, terms)).toBe(32 * DAY_MS);
  expect(dueAt({}, 100 * DAY_MS, terms)).toBe(113.5 * DAY_MS);
});

test('the last three keys remain usable', () => {
  const credentials = rotated(5);
  expect(credentials.signedPreKey.keyId).toBe(6);
  expect([1, 2, 3, 4, 5, 6].map(id => preKeyOf(credentials, id)?.keyId ?? null)).toEqual([null, null, 3, 4, 5, 6]);
});

test('an offered key can be used before it is confirmed', () => {
  const credentials = rotated(4);
  const offered = key(nextKeyId(credentials));
  const waiting = { ...credentials, ...withOffered(credentials, offered) };
  expect([2, 3, 4, 5, 6].map(id => preKeyOf(waiting, id)?.keyId)).toEqual([2, 3, 4, 5, 6]);
  // A second attempt uses another id.
  expect(nextKeyId(waiting)).toBe(7);
});

test('ids restart after three bytes', () => {
  expect(nextKeyId({ signedPreKey: key(0xffffff), formerSignedPreKeys: [key(1)] })).toBe(2);
});
