import type { BinaryNode } from '@whiskeysockets/baileys';
import type { InboxPass } from '../inbox.js';
import { EarlyDecryption, onlyCiphertext } from './early-decryption.js';

const enc = (attrs: Record<string, string>, content: unknown = Buffer.alloc(8)): BinaryNode =>
  ({ tag: 'enc', attrs, content }) as BinaryNode;
const message = (content: BinaryNode[], attrs: Record<string, string> = {}): BinaryNode => ({ tag: 'message', attrs, content });
const pass = {} as InboxPass;
const step = { plaintext: Buffer.from('text'), written: Promise.resolve() };

test.each([
  ['in a chat', message([enc({ type: 'msg' })])],
  ['in a group', message([enc({ type: 'skmsg' }), { tag: 'participants', attrs: {} }])]
])('a message %s can be decrypted early in an open session', (_title, stanza) => {
  expect(onlyCiphertext(stanza)).toBe((stanza.content as BinaryNode[])[0]);
});

test.each([
  ['begins a session', message([enc({ type: 'pkmsg' })])],
  ['contains a group key', message([enc({ type: 'msg' }), enc({ type: 'skmsg' })])],
  ['is an answer of an assistant', message([enc({ type: 'msmsg' })])],
  ['was requested again', message([enc({ type: 'msg', count: '1' })])],
  ['is from an own device and concerns app state', message([enc({ type: 'msg' })], { category: 'peer' })],
  ['is not encrypted', message([{ tag: 'plaintext', attrs: {}, content: Buffer.alloc(8) }])],
  ['is large', message([enc({ type: 'msg' }, Buffer.alloc(10_000))])],
  ['is malformed', message([enc({ type: 'msg' }, 'text')])],
  ['is empty', { tag: 'message', attrs: {} }]
])('a message that %s waits for its turn', (_title, stanza) => {
  expect(onlyCiphertext(stanza)).toBeNull();
});

test('an early step is taken once, by its buffer', async () => {
  const early = new EarlyDecryption();
  early.use(() => Promise.resolve(step));
  const sealed = enc({ type: 'msg' });
  expect(await early.open(message([sealed]), pass)).toBe(true);
  expect(early.take(Buffer.from(sealed.content as Buffer))).toBeUndefined();
  expect(early.take(sealed.content as Buffer)).toBe(step);
  expect(early.take(sealed.content as Buffer)).toBeUndefined();
});

test.each([
  ['cannot be decrypted', () => Promise.reject(new Error('no session'))],
  ['first needs a pair of addresses', () => Promise.resolve(null)]
])('a message that %s is left for its turn', async (_title, decrypt) => {
  const early = new EarlyDecryption();
  early.use(decrypt);
  const sealed = enc({ type: 'msg' });
  expect(await early.open(message([sealed]), pass)).toBe(false);
  expect(early.take(sealed.content as Buffer)).toBeUndefined();
});
