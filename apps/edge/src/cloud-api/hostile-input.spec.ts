import { cloudBody, cloudChanges, unpairedPeople } from './cloud-event.policy.js';
import { CloudRefusal } from './cloud-error.table.js';
import { cloudRequest } from './cloud-request.policy.js';
import { decodeMediaId, decodeWamid } from './wamid.codec.js';

/** Values that a field may have if the sender is hostile, or uses a later version of the protocol. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '|',
  'x'.repeat(3_000),
  '\u0000',
  [],
  [null],
  {},
  { $large: 1 },
  { key: { id: 1 } },
  '4915112345678@lid'
];

/** Returns a generator of integers below `most`. Each seed produces a fixed sequence. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return most => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * most);
  };
}

/** Returns the value with some of its parts replaced by odd ones. */
function spoilt(value: unknown, next: (most: number) => number): unknown {
  if (next(20) === 0) return ODD[next(ODD.length)];
  if (Array.isArray(value)) return value.map(one => spoilt(one, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, next)]));
}

const BOB = '16505551234@s.whatsapp.net';
const KEY = { remoteJid: BOB, remoteJidAlt: '9@lid', participant: BOB, id: 'AB12', fromMe: false };
const INFO = {
  contextInfo: {
    stanzaId: 'CD34',
    participant: BOB,
    isForwarded: true,
    forwardingScore: 9,
    externalAdReply: { sourceType: 'ad', title: 't' }
  }
};
const CONTENTS: readonly object[] = [
  { conversation: 'x' },
  { extendedTextMessage: { text: 'x', ...INFO } },
  { imageMessage: { mimetype: 'image/png', fileSha256: { type: 'Buffer', data: 'b2xk' }, ...INFO } },
  { documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a', ...INFO } } } },
  { contactsArrayMessage: { contacts: [{ displayName: 'Bo', vcard: 'BEGIN:VCARD\nTEL:1\nEND:VCARD' }] } },
  { locationMessage: { degreesLatitude: 1, degreesLongitude: 2 } },
  { reactionMessage: { key: KEY, text: '👍' } },
  { listResponseMessage: { title: 'a', singleSelectReply: { selectedRowId: 'b' } } },
  { interactiveResponseMessage: { body: { text: 'x' }, nativeFlowResponseMessage: { name: 'f', paramsJson: '{"id":1}' } } }
];
const EVENTS: readonly (readonly [name: string, payload: object])[] = [
  ...CONTENTS.map(message => ['messages.upsert', { messages: [{ key: KEY, message, messageTimestamp: 1, pushName: 'Bob' }] }] as const),
  ...CONTENTS.map(
    message => ['messages.update', [{ key: KEY, update: { message: { editedMessage: { message } }, messageTimestamp: 1 } }]] as const
  ),
  [
    'message.progress',
    { id: 'AB12', chat: BOB, correlation: 'c', stage: 'failed', at: '2026-01-01T00:00:00Z', error: { code: 'TIMEOUT', message: 'm' } }
  ]
];

test('an event of any form results in a body or none', () => {
  const next = numbers(7);
  let bodies = 0;
  for (let round = 0; round < 1_000; round++) {
    const [event, whole] = EVENTS[next(EVENTS.length)]!;
    const payload = spoilt(whole, next);
    const rest = {
      cursor: 'MTox',
      at: '2026-01-01T00:00:00.000Z',
      account: [BOB],
      extras: new Set(['echoes', 'groups', 'edits'] as const),
      otherOf: () => null
    };
    unpairedPeople(event, payload);
    for (const change of cloudChanges({ session: 's', event, payload, ...rest })) {
      expect(JSON.parse(cloudBody('s', change))).toMatchObject({ object: 'whatsapp_business_account' });
      bodies++;
    }
  }
  expect(bodies).toBeGreaterThan(300);
});

test('a request of any form becomes a command or is refused', () => {
  const next = numbers(11);
  const file = { id: 'media.eA', link: 'https://example.org', caption: 'c', filename: 'f', voice: true };
  const wholes = [
    { type: 'text', text: { body: 'x', preview_url: true }, context: { message_id: 'wamid.x' } },
    ...['image', 'audio', 'document'].map(type => ({ type, [type]: file })),
    { type: 'contacts', contacts: [{ name: { formatted_name: 'x' }, phones: [{ phone: '1', type: 'x' }], org: { company: 'c' } }] },
    { type: 'location', location: { latitude: '1', longitude: 2, name: 'n' } },
    {
      type: 'interactive',
      interactive: {
        type: 'list',
        header: { type: 'image', image: file },
        body: { text: 'b' },
        action: { sections: [{ title: 't', rows: [{ title: 'r' }] }] }
      }
    },
    { type: 'template', template: { name: 't', components: [{ type: 'body', parameters: [{ type: 'text', text: 'x' }] }] } },
    { status: 'read', message_id: 'wamid.x', typing_indicator: { type: 'text' } }
  ];
  let refusals = 0;
  for (let round = 0; round < 1_000; round++) {
    const body = spoilt({ messaging_product: 'whatsapp', to: '16505551234', ...wholes[next(wholes.length)] }, next);
    try {
      cloudRequest(body, { session: 's', templatesAsText: true });
    } catch (error) {
      expect(error).toBeInstanceOf(CloudRefusal);
      refusals++;
    }
  }
  expect(refusals).toBeGreaterThan(30);
  expect(refusals).toBeLessThan(1_000);
});

test('an id of any form is decoded or refused', () => {
  for (const odd of [...ODD, 'wamid.', 'wamid.%%%', 'media.%%%', 'media.fHx8']) {
    expect(decodeWamid(odd)).toBeNull();
    expect(decodeMediaId(odd)).toBeNull();
  }
});
