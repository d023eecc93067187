import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toJsonValue } from '@wabus/contracts';
import { redact, REDACTED_EVENT_FIELDS, REDACTED_EVENT_FIELDS_WITHIN, redactCredentials } from './redaction.policy.js';

const SECRET = Buffer.from('this must not leave');
const LEAK = SECRET.toString('base64');

function redacted(payload: unknown): string {
  const json = toJsonValue(payload);
  redact(json);
  return JSON.stringify(json);
}

/** The ways in which WhatsApp wraps a message in another, and messages in events. */
const WRAPPINGS: [name: string, wrap: (message: object) => object][] = [
  ['a message', message => ({ messages: [{ message }] })],
  ['deviceSentMessage', message => ({ messages: [{ message: { deviceSentMessage: { message } } }] })],
  [
    'ephemeralMessage in viewOnceMessageV2',
    message => ({ messages: [{ message: { ephemeralMessage: { message: { viewOnceMessageV2: { message } } } } }] })
  ],
  [
    'editedMessage',
    message => ({ messages: [{ message: { editedMessage: { message: { protocolMessage: { editedMessage: message } } } } }] })
  ],
  ['quotedMessage', message => ({ messages: [{ message: { extendedTextMessage: { contextInfo: { quotedMessage: message } } } }] })],
  ['protocolMessage', message => ({ messages: [{ message: { protocolMessage: message } }] })],
  ['history', message => ({ chats: [{ id: '1', messages: [{ message: { message } }] }], messages: [{ message }] })],
  ['an update', message => [{ key: {}, update: { message } }]]
];

describe.each(WRAPPINGS)('in %s', (_name, wrap) => {
  test.each(Object.keys(REDACTED_EVENT_FIELDS))('%s is removed, and the other fields stay', field => {
    const text = redacted(wrap({ [field]: { inner: SECRET }, messageContextInfo: { [field]: SECRET }, conversation: 'stays' }));
    expect(text).not.toContain(LEAK);
    expect(text).toContain('stays');
  });
});

test('removes the key of a history blob, keeps that of a picture', () => {
  expect(redacted({ protocolMessage: { historySyncNotification: { mediaKey: SECRET, syncType: 3 } } })).toBe(
    '{"protocolMessage":{"historySyncNotification":{"syncType":3}}}'
  );
  expect(redacted({ imageMessage: { mediaKey: SECRET } })).toContain(LEAK);
});

test('credentials are reduced to the names of changed fields', () => {
  expect(redactCredentials({ noiseKey: { private: SECRET }, me: { id: '1' } })).toEqual({ changed: ['me', 'noiseKey'] });
});

/** Fields of `WAProto` whose names sound secret but that may be published, and why. */
const HARMLESS: Record<string, string> = {
  mediaKey: 'opens media that the receiver of the event is to see',
  thumbnailKey: 'the same',
  artworkMediaKey: 'the same',
  attachmentMediaKey: 'the same',
  accountSignatureKey: 'public',
  baseKey: 'public',
  identityKey: 'public',
  companionIdentityKey: 'public',
  companionPublicKey: 'public',
  contactPrimaryIdentityKey: 'public',
  publicKey: 'public',
  ratchetKey: 'public',
  signingKey: 'public; in senderKeyDistributionMessage',
  localBaseKey: 'public; stored sessions are no part of events',
  localIdentityKey: 'public; stored sessions are no part of events',
  localRatchetKey: 'public; stored sessions are no part of events',
  baseKeySignature: 'public',
  eKeytype: 'public; in a handshake',
  eSkeyId: 'public; in a handshake',
  eSkeySig: 'public; in a handshake',
  eSkeyVal: 'public; in a handshake',
  recipientKeyHash: 'hash of public keys',
  senderKeyHash: 'hash of public keys',
  keyId: 'a name',
  key: 'a public key in certificates; in stored chains, which are no part of events',
  // Stored sessions, handshakes, pairing, snapshots and blobs: none of these messages is part of an event.
  ...Object.fromEntries(
    (
      'advSecret aliceBaseKey chainKey cipherKey firstFourBytesFromAHashOfSnapshotMacKey localBaseKeyPrivate localIdentityKeyPrivate ' +
      'localRatchetKeyPrivate macKey nonce privateKey rootKey seed senderRatchetKey senderRatchetKeyPrivate token'
    )
      .split(' ')
      .map(name => [name, 'no part of an event'])
  )
};

test('every secret-sounding byte field is removed or harmless', () => {
  const declarations = join(dirname(createRequire(import.meta.url).resolve('@whiskeysockets/baileys')), '../WAProto/index.d.ts');
  const bytes = [...readFileSync(declarations, 'utf8').matchAll(/^\s*(\w+)\?: \(.*Uint8Array.*\|null\);/gm)].map(match => match[1]!);
  expect(bytes.length).toBeGreaterThan(150);
  const suspicious = new Set(bytes.filter(name => /key|secret|token|nonce|private|seed|password/i.test(name)));
  const known = new Set([
    ...Object.keys(REDACTED_EVENT_FIELDS),
    ...Object.values(REDACTED_EVENT_FIELDS_WITHIN).flatMap(fields => Object.keys(fields)),
    ...Object.keys(HARMLESS)
  ]);
  expect([...suspicious].filter(name => !known.has(name))).toEqual([]);
});
