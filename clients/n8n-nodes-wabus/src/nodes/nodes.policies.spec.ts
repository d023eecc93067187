import { createHmac } from 'node:crypto';
import { errorOf } from './shared/error-body.codec.js';
import { callOf, isKey, stepKey } from './shared/idempotency-key.policy.js';
import { interestOf, itemsOf, entriesOf } from './shared/interest.policy.js';
import { simplified, type Envelope } from './shared/simplified-event.policy.js';
import { isSigned } from './shared/standard-webhook.signature.js';
import { argumentsOf } from './Wabus/command-arguments.policy.js';
import { contactContent, fileContent, keyOfMessage } from './Wabus/message-content.policy.js';

const envelope = (message: object | null, key: object = {}, event = 'messages.upsert'): Envelope => ({
  id: 'e1',
  session: 'main',
  event,
  cursor: 'c1',
  at: '2026-01-31T08:00:00.000Z',
  data: {
    type: 'notify',
    messages: [{ key: { remoteJid: '1@lid', id: 'M', fromMe: false, ...key }, message, pushName: 'Ann', messageTimestamp: '7' }]
  }
});

describe('a simplified event', () => {
  test.each<[string, object, object]>([
    ['a text', { conversation: 'hi' }, { kind: 'conversation', text: 'hi', hasMedia: false }],
    [
      'a reply',
      { extendedTextMessage: { text: 'hi', contextInfo: { stanzaId: 'Q' } } },
      { kind: 'extendedText', text: 'hi', quotedMessageId: 'Q' }
    ],
    [
      'a picture',
      { imageMessage: { caption: 'a cat', mimetype: 'image/png' } },
      { kind: 'image', text: 'a cat', hasMedia: true, mimetype: 'image/png' }
    ],
    [
      'a document that disappears',
      {
        ephemeralMessage: { message: { documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a.pdf', caption: 'c' } } } } }
      },
      { kind: 'document', text: 'c', fileName: 'a.pdf', hasMedia: true }
    ],
    ['a text with a context before it', { messageContextInfo: {}, conversation: 'hi' }, { kind: 'conversation', text: 'hi' }]
  ])('of %s', (_what, message, expected) => expect(simplified(envelope(message))).toMatchObject(expected));

  test('names the chat, the sender and the message', () => {
    expect(simplified(envelope({ conversation: 'x' }, { remoteJid: '1-2@g.us', participant: '5@lid' }))).toMatchObject({
      chat: '1-2@g.us',
      sender: '5@lid',
      senderName: 'Ann',
      isGroup: true,
      fromMe: false,
      messageId: 'M',
      sentAt: 7
    });
  });

  test('of another kind keeps its data', () => {
    expect(simplified({ ...envelope(null), event: 'call', data: [1] })).toEqual({ ...envelope(null), event: 'call', data: [1] });
  });

  test('of a text too large for the log has no text', () => {
    const large = { $large: { media: 'media_part-1', form: 'text', bytes: 9, sha256: '' } };
    expect(simplified(envelope({ conversation: large }))).toMatchObject({ kind: 'conversation', text: null });
  });
});

describe('the interest of a trigger', () => {
  const interest = interestOf((name, fallback) => ({ events: ['*'], options: { chats: ' 1@lid, ,2@lid ' } })[name] ?? fallback);

  test('reads lists from texts, and defaults', () => {
    expect(interest).toEqual({ events: ['*'], sessions: [], chats: ['1@lid', '2@lid'], onlyIncoming: true, simplify: true });
    expect([entriesOf('a, b'), entriesOf(['a', 1]), entriesOf(undefined)]).toEqual([['a', 'b'], ['a', '1'], []]);
  });

  test('leaves out own and unreadable messages, but no other events', () => {
    const all = [envelope({ conversation: 'x' }), envelope(null), envelope({}, { fromMe: true }), envelope(null, {}, 'messages.update')];
    expect(itemsOf(all, interest).map(({ json }) => [json['event'], json['text']])).toEqual([
      ['messages.upsert', 'x'],
      ['messages.update', undefined]
    ]);
    expect(itemsOf(all, { ...interest, onlyIncoming: false, simplify: false }).map(({ json }) => json)).toEqual(all);
  });
});

describe('a signature', () => {
  const key = Buffer.from('a secret of thirty-two characters');
  const secret = `whsec_${key.toString('base64')}`;
  const now = 1_790_000_000_000;
  const body = Buffer.from('{"a":"ä"}');
  const sign = (timestamp: string): string => `v1,${createHmac('sha256', key).update(`m1.${timestamp}.`).update(body).digest('base64')}`;
  const headers = (timestamp = String(now / 1000), signature = sign(timestamp)): Record<string, string> => ({
    'webhook-id': 'm1',
    'webhook-timestamp': timestamp,
    'webhook-signature': signature
  });

  test.each<[string, boolean, Parameters<typeof isSigned>]>([
    ['right', true, [secret, { headers: headers(), body, now }]],
    ['one of several', true, [secret, { headers: headers(undefined, `v1,AAAA ${sign(String(now / 1000))}`), body, now }]],
    ['over another body', false, [secret, { headers: headers(), body: Buffer.from('{"a": "ä"}'), now }]],
    ['too old', false, [secret, { headers: headers(String(now / 1000 - 301)), body, now }]],
    ['without a time', false, [secret, { headers: headers('soon'), body, now }]],
    ['missing', false, [secret, { headers: {}, body, now }]],
    ['by an unknown secret', false, ['', { headers: headers(), body, now }]]
  ])('that is %s counts: %s', (_what, expected, args) => expect(isSigned(...args)).toBe(expected));
});

describe('an idempotency key', () => {
  const step = { instanceId: 'a1', executionId: '12', nodeId: 'n', run: 0, itemIndex: 3 };

  test('is one for each item of each run of a node', () => {
    const others = [{ itemIndex: 4 }, { run: 1 }, { nodeId: 'm' }, { executionId: '13' }, { instanceId: 'b2' }, { instanceId: undefined }];
    const long = [{ executionId: 'x'.repeat(200) }, { executionId: `y${'x'.repeat(199)}` }];
    const keys = [{}, ...others, ...long].map(other => stepKey({ ...step, ...other }));
    expect(new Set(keys).size).toBe(9);
    expect(keys.every(key => isKey(key!))).toBe(true);
    expect([keys[0], keys[6]]).toEqual([expect.stringMatching(/^n8n-[\w-]{22}-12-n-0-3$/), 'n8n-12-n-0-3']);
    expect(stepKey({ ...step, executionId: undefined })).toBeUndefined();
  });

  test('of a tool depends on the call of the agent', () => {
    const calls = [callOf('sendMessage', { a: 1 }), callOf('sendMessage', { a: 2 }), callOf('star', { a: 1 })];
    expect(new Set(calls).size).toBe(3);
    expect([callOf('sendMessage', { a: 1 }), isKey(calls[0]!)]).toEqual([calls[0], true]);
  });

  test('of a user has no spaces and at most 128 characters', () => {
    expect(['order-1', 'x'.repeat(128), 'a b', 'ä', '', 'x'.repeat(129)].map(isKey)).toEqual([true, true, false, false, false, false]);
  });
});

describe('an error', () => {
  const error = { code: 'NOT_CONNECTED', message: 'm', retryable: true, certain: true, details: { a: 1 } };

  test.each<[string, unknown]>([
    ['an object', { ok: false, error }],
    ['a text', JSON.stringify({ error })],
    ['bytes', Buffer.from(JSON.stringify({ error }))]
  ])('is read from %s', (_form, body) => expect(errorOf(503, body)).toEqual(error));

  test.each([['<html>'], [null], [{ error: 'x' }]])('of a proxy (%j) has no code of Wabus', body => {
    expect(errorOf(502, body)).toMatchObject({ code: 'UNEXPECTED_ANSWER', retryable: true, certain: false });
  });
});

describe('contents', () => {
  const about = { caption: 'c', fileName: 'a.pdf', mimetype: 'application/pdf' };

  test.each<[Parameters<typeof fileContent>[0], object]>([
    ['image', { image: {}, caption: 'c' }],
    ['sticker', { sticker: {} }],
    ['document', { document: {}, caption: 'c', fileName: 'a.pdf', mimetype: 'application/pdf' }],
    ['voice', { audio: {}, ptt: true, convert: true }]
  ])('of a file as %s', (kind, expected) => expect(fileContent(kind, {}, about)).toEqual(expected));

  test('a card has no more fields than its name and number', () => {
    const { contacts } = contactContent('A\nTEL:1;B', '+49 (151) 2') as { contacts: { contacts: { vcard: string }[] } };
    expect(contacts.contacts[0]!.vcard.split('\n')).toHaveLength(6);
    expect(contacts.contacts[0]!.vcard).toContain('waid=491512:+491512');
  });

  test('a key leaves out unknown fields', () => {
    expect(keyOfMessage('1@lid', 'M', {})).toEqual({ remoteJid: '1@lid', id: 'M' });
    expect(keyOfMessage('1@g.us', 'M', { fromMe: false, participant: '2@lid' })).toEqual({
      remoteJid: '1@g.us',
      id: 'M',
      fromMe: false,
      participant: '2@lid'
    });
  });
});

test('each argument is converted according to its kind', () => {
  const kinds = { a: 'text', b: 'texts', c: 'json', d: 'list', e: 'number', f: 'flag' } as const;
  const args = Object.entries(kinds).map(([name, kind]) => ({ name, title: name, kind, required: false, meaning: '', choices: [] }));
  const row = { method: 'm', title: '', meaning: '', repeatable: true, args };
  const values: Record<string, unknown> = { a: 'x', b: '1, 2', c: '{"y":1}', d: [3] };
  expect(argumentsOf(row, ({ name }) => values[name])).toEqual({ a: 'x', b: ['1', '2'], c: { y: 1 }, d: [3] });
  expect(() => argumentsOf(row, ({ name }) => (name === 'c' ? '{' : undefined))).toThrow('c must be JSON');
});
