import { isLargePart, type LargePartJson, type SessionId } from '@wabus/contracts';
import { EventParts, withoutLost } from './large-part.policy.js';

const session = 's1' as SessionId;
const LIMIT = 10_000;

const small = (payload: unknown, limit = LIMIT) => {
  const parts = new EventParts(session);
  const body = parts.small(JSON.stringify(payload), limit);
  return { body, payload: JSON.parse(body) as Record<string, unknown>, taken: parts.taken };
};

/** Returns the payload with its parts restored. */
function whole(body: string, parts: EventParts['taken']): unknown {
  return JSON.parse(body, (_name, value: unknown) => {
    if (!isLargePart(value)) return value;
    const { content, form } = parts.find(({ media }) => media === value.$large.media)!;
    if (form === 'bytes') return { type: 'Buffer', data: Buffer.from(content).toString('base64') };
    const text = Buffer.from(content).toString('utf8');
    return form === 'text' ? text : (JSON.parse(text) as unknown);
  });
}

const upsert = (message: object): object => ({ messages: [{ key: { id: 'A', remoteJid: '1@lid' }, message }], type: 'notify' });
const card = (i: number) => ({ displayName: `card ${i}`, vcard: 'v'.repeat(300) });
const bytes = (count: number) => ({ type: 'Buffer', data: Buffer.alloc(count, 7).toString('base64') });
const fields = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`f${i}`, i]));

describe('an event that is too large', () => {
  test.each<[string, object, string[]]>([
    ['a long text', { conversation: 'ü'.repeat(20_000) }, ['text']],
    ['a picture inside', { imageMessage: { caption: 'c', mediaKey: bytes(32), jpegThumbnail: bytes(50_000) } }, ['bytes']],
    ['many cards', { contactsArrayMessage: { displayName: 'd', contacts: Array.from({ length: 80 }, (_, i) => card(i)) } }, ['json']],
    ['one large item of a list', { list: [card(1), { vcard: 'v'.repeat(20_000) }, card(2)] }, ['text']],
    ['two large fields', { a: { text: 'a'.repeat(9_000) }, b: { text: 'b'.repeat(9_000) } }, ['text']],
    ['three large fields', { a: 'a'.repeat(20_000), b: 'b'.repeat(20_000), c: 'c' }, ['text', 'text']],
    ['many small fields', { fields }, ['json']],
    ['texts that JSON makes longer', { text: '\u0001'.repeat(3_000) }, ['text']]
  ])('keeps what it can: %s', (_what, message, forms) => {
    const event = small(upsert(message));
    expect(Buffer.byteLength(event.body)).toBeLessThanOrEqual(LIMIT);
    expect(event.payload).toMatchObject({ messages: [{ key: { id: 'A', remoteJid: '1@lid' } }], type: 'notify' });
    expect(event.taken.map(({ form }) => form)).toEqual(forms);
    expect(whole(event.body, event.taken)).toEqual(upsert(message));
  });

  test('keeps the small fields next to a large one', () => {
    const { payload } = small(upsert({ imageMessage: { caption: 'c', mediaKey: bytes(32), jpegThumbnail: bytes(50_000) } }));
    const [{ message }] = payload['messages'] as [{ message: { imageMessage: Record<string, unknown> } }];
    expect(message.imageMessage).toMatchObject({ caption: 'c', mediaKey: bytes(32), jpegThumbnail: { $large: { bytes: 50_000 } } });
  });

  test('contains the beginning of a text, in whole characters', () => {
    const { payload } = small({ text: `${'x'.repeat(499)}😀${'y'.repeat(20_000)}` });
    expect((payload['text'] as LargePartJson).$large).toMatchObject({ form: 'text', preview: 'x'.repeat(499) });
  });

  test('names equal content of one session by one reference', () => {
    const text = 'x'.repeat(9_000);
    const of = (id: string) => {
      const parts = new EventParts(id as SessionId);
      parts.small(JSON.stringify({ a: text, b: text }), 3_000);
      return parts.taken.map(({ media }) => media);
    };
    expect(of('s1')).toHaveLength(1);
    expect(of('s1')).toEqual(of('s1'));
    expect(of('s1')).not.toEqual(of('s2'));
  });

  test('is unchanged below the limit', () => expect(small(upsert({ conversation: 'x' })).taken).toEqual([]));

  test('gets below any limit for a payload', () => {
    const payload = upsert({ a: Array.from({ length: 40 }, (_, i) => card(i)), b: { c: { d: 'x'.repeat(5_000), e: bytes(3_000) } } });
    for (let limit = 700; limit < 30_000; limit += 501) {
      const event = small(payload, limit);
      expect(Buffer.byteLength(event.body)).toBeLessThanOrEqual(limit);
      expect(JSON.stringify(whole(event.body, event.taken)) === JSON.stringify(payload)).toBe(true);
    }
  });
});

describe('an event that is too deep', () => {
  const nested = (layers: number, content: object): object => {
    let message = content;
    for (let i = 0; i < layers; i++) message = { ephemeralMessage: { message } };
    return message;
  };

  test.each([10, 31, 100, 5_000, 50_000])('keeps all of %d layers, the deep ones separately', layers => {
    const parts = new EventParts(session);
    const body = JSON.stringify(parts.shallow(upsert(nested(layers, { conversation: 'inside' }))));
    const aside = parts.taken.map(({ content }) => Buffer.from(content).toString());
    expect((body + aside.join('')).split('ephemeralMessage')).toHaveLength(layers + 1);
    expect(body + aside.join('')).toContain('inside');
    expect(levels(body)).toBeLessThan(64);
    expect(parts.taken).toHaveLength(layers > 25 ? 1 : 0);
    for (const text of aside) JSON.parse(text);
  });

  test('has no key material in its deep part', () => {
    const parts = new EventParts(session);
    const secret = { messageContextInfo: { messageSecret: Buffer.from('secret') }, senderKeyDistributionMessage: { groupId: 'g' } };
    const history = { protocolMessage: { historySyncNotification: { mediaKey: Buffer.from('key'), fileSha256: Buffer.from('hash') } } };
    parts.shallow(nested(60, { ...secret, ...history, conversation: 'inside' }));
    const { content } = parts.taken[0]!;
    const text = Buffer.from(content).toString();
    expect(text).toContain('inside');
    expect(text).toContain(Buffer.from('hash').toString('base64'));
    for (const name of ['messageSecret', 'senderKeyDistributionMessage', 'mediaKey']) expect(text).not.toContain(name);
  });
});

test('a part that was not stored has no reference', () => {
  const { body, taken } = small({ a: 'a'.repeat(20_000), b: 'b'.repeat(20_000) });
  const [lost, kept] = taken as [EventParts['taken'][0], EventParts['taken'][0]];
  const left = JSON.parse(withoutLost(body, new Set([lost.media]))) as Record<string, LargePartJson>;
  const references = Object.values(left).map(({ $large }) => $large.media);
  expect(references).toEqual(expect.arrayContaining([undefined, kept.media]));
  expect(Object.values(left).every(({ $large }) => $large.bytes === 20_000)).toBe(true);
});

function levels(body: string): number {
  let [depth, most] = [0, 0];
  for (const character of body.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (character === '{' || character === '[') most = Math.max(most, ++depth);
    if (character === '}' || character === ']') depth--;
  }
  return most;
}
