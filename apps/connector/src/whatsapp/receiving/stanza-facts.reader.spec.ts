import type { BinaryNode } from '@whiskeysockets/baileys';
import { asNotification } from './notification.listener.js';
import { jsonFacts, factJid, stanzaFacts, contentTextOf } from './stanza-facts.reader.js';

const element = (tag: string, attrs: Record<string, string> = {}, content?: BinaryNode['content']): BinaryNode => ({ tag, attrs, content });
const bytes = (text: string) => Buffer.from(text);

test('text content is reported as text in any encoding', () => {
  expect(stanzaFacts(element('set', { t: '1' }, bytes('At the zoo 🦁')))).toEqual({
    tag: 'set',
    attributes: { t: '1' },
    text: 'At the zoo 🦁'
  });
  expect(stanzaFacts(element('set', {}, 'plain'))).toEqual({ tag: 'set', attributes: {}, text: 'plain' });
});

test('other bytes are only counted', () => {
  expect(stanzaFacts(element('certificate', {}, Buffer.from([0xff, 0, 1])))).toEqual({ tag: 'certificate', attributes: {}, bytes: 3 });
  expect(contentTextOf(bytes('a\u0000b'))).toBeNull();
  expect(contentTextOf('x'.repeat(70_000))).toBeNull();
});

test.each(['token', 'tctoken', 'cstoken', 'enc', 'keys', 'skey', 'device-identity', 'key-index-list', 'routing_info', 'nonce', 'pin'])(
  '<%s> has no content',
  tag => {
    expect(JSON.stringify(stanzaFacts(element('a', {}, [element(tag, { t: '1' }, bytes('secret'))])))).not.toContain('secret');
    expect(JSON.stringify(stanzaFacts(element(tag, {}, [element('value', {}, bytes('secret'))])))).not.toContain('secret');
  }
);

test('secrets in attributes and JSON are redacted at any depth', () => {
  expect(stanzaFacts(element('thing', { token: 'secret', size: '1' })).attributes).toEqual({ token: '<redacted>', size: '1' });
  expect(jsonFacts({ user: { pin: '1234', name: 'me', list: [{ token: 'x' }] }, nonce: null })).toEqual({
    user: { pin: '<redacted>', name: 'me', list: [{ token: '<redacted>' }] },
    nonce: null
  });
});

test('privacy settings are kept, tokens with that name are not', () => {
  const settings = element('privacy', {}, [element('category', { name: 'last', value: 'all' })]);
  expect(stanzaFacts(settings).content).toHaveLength(1);
  expect(stanzaFacts(element('privacy', {}, bytes('secret')))).toEqual({ tag: 'privacy', attributes: {} });
});

test('elements below the maximum depth are omitted', () => {
  let deep = element('leaf');
  for (let depth = 0; depth < 100; depth++) deep = element('a', {}, [deep]);
  expect(JSON.stringify(stanzaFacts(deep))).not.toContain('leaf');
});

test.each([
  ['1:7@s.whatsapp.net', '1@s.whatsapp.net'],
  ['1:7@lid', '1@lid'],
  ['1@c.us', '1@s.whatsapp.net'],
  ['s.whatsapp.net', ''],
  ['@s.whatsapp.net', ''],
  [undefined, '']
])('the jid of %s is %j', (jid, plain) => expect(factJid(jid)).toBe(plain));

test.each([
  ['1795000000', '2026-11-18T11:06:40.000Z'],
  [undefined, null],
  ['nonsense', null],
  ['99999999999999', null]
])('the time %s is %s', (t, at) => {
  const attrs = { id: '1', type: 'x', ...(t === undefined ? {} : { t }) };
  expect(asNotification(element('notification', attrs), '')).toMatchObject({ kind: 'x', action: null, at });
});
