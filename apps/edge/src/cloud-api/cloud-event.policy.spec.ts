import type { CloudExtra } from '@wabus/contracts';
import { cloudBody, cloudChanges, unpairedPeople, type CloudEvent } from './cloud-event.policy.js';
import { decodeMediaId, encodeWamid, outgoingMessageId } from './wamid.codec.js';

const ME = '15550000001@s.whatsapp.net';
const MY_LID = '900015550000001@lid';
const BOB = '16505551234@s.whatsapp.net';
const BOB_LID = '900016505551234@lid';
const BOB_ID = 'ZZ.900016505551234';
const GROUP = '120363000000000001@g.us';
const CURSOR = 'MToxNzk1MjU0NzAyODM4OjUy';

interface Given {
  readonly extras?: readonly CloudExtra[];
  readonly others?: Readonly<Record<string, string>>;
}

const event = (name: string, payload: unknown, { extras = ['echoes'], others = {} }: Given = {}): CloudEvent => ({
  session: 'sales',
  event: name,
  cursor: CURSOR,
  at: '2026-06-17T10:00:00.000Z',
  payload,
  account: [ME, MY_LID],
  extras: new Set(extras),
  otherOf: jid => others[jid] ?? null
});

const key = (fields: object = {}): object => ({ remoteJid: BOB, fromMe: false, id: 'AB12', participant: '', ...fields });

const upsert = (message: unknown, given: Given & { key?: object; more?: object } = {}): CloudEvent =>
  event(
    'messages.upsert',
    {
      type: 'notify',
      messages: [{ key: key(given.key), message, pushName: 'Sheena Nelson', messageTimestamp: 1749416383, ...given.more }]
    },
    given
  );

const values = (one: CloudEvent): Record<string, unknown>[] => cloudChanges(one).map(({ value }) => value as Record<string, unknown>);
const first = (one: CloudEvent, name = 'messages'): Record<string, unknown> => (values(one)[0]![name] as Record<string, unknown>[])[0]!;
const theirs = (id = 'AB12', chat = BOB, participant: string | null = null): string =>
  encodeWamid({ fromMe: false, id, chat, participant });
const ours = (id: string): string => encodeWamid({ fromMe: true, id, chat: null, participant: null });

describe('received messages', () => {
  // Meta, "messages webhook reference", 17 June 2026: the example of a text message, with ids of Wabus.
  it('have the body of the reference', () => {
    const [change] = cloudChanges(upsert({ conversation: 'Does it come in another color?' }));
    expect(JSON.parse(cloudBody('sales', change!))).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: 'sales',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550000001', phone_number_id: 'sales' },
                contacts: [{ profile: { name: 'Sheena Nelson' }, wa_id: '16505551234' }],
                messages: [
                  {
                    from: '16505551234',
                    id: theirs(),
                    timestamp: '1749416383',
                    type: 'text',
                    text: { body: 'Does it come in another color?' }
                  }
                ]
              }
            }
          ]
        }
      ]
    });
  });

  const SHA = { type: 'Buffer', data: 'b2xk' };
  const file = (more: object): object => ({ mimetype: 'image/jpeg', fileSha256: SHA, ...more });
  // Meta, below developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages: "location" (21 May 2026), "unsupported" (20
  // March 2026), and the pages of the other types as of mid-2026. Their fields also match whatsapp-api-js 6.3.0 (22 September 2026).
  const TYPES: [string, object, object][] = [
    ['text', { extendedTextMessage: { text: 'hi' } }, { text: { body: 'hi' } }],
    ['text', { ephemeralMessage: { message: { conversation: 'gone soon' } } }, { text: { body: 'gone soon' } }],
    ['image', { imageMessage: file({ caption: 'cat' }) }, { image: { mime_type: 'image/jpeg', sha256: 'b2xk', caption: 'cat' } }],
    ['video', { videoMessage: file({ mimetype: 'video/mp4' }) }, { video: { mime_type: 'video/mp4', sha256: 'b2xk' } }],
    ['video', { ptvMessage: file({ mimetype: 'video/mp4' }) }, { video: { mime_type: 'video/mp4', sha256: 'b2xk' } }],
    [
      'audio',
      { audioMessage: file({ mimetype: 'audio/ogg; codecs=opus', ptt: true }) },
      { audio: { mime_type: 'audio/ogg; codecs=opus', sha256: 'b2xk', voice: true } }
    ],
    ['audio', { audioMessage: file({ mimetype: 'audio/mpeg' }) }, { audio: { mime_type: 'audio/mpeg', sha256: 'b2xk', voice: false } }],
    [
      'document',
      {
        documentWithCaptionMessage: {
          message: { documentMessage: file({ mimetype: 'application/pdf', fileName: 'a.pdf', caption: 'read' }) }
        }
      },
      { document: { mime_type: 'application/pdf', sha256: 'b2xk', caption: 'read', filename: 'a.pdf' } }
    ],
    [
      'sticker',
      { stickerMessage: file({ mimetype: 'image/webp', isAnimated: true }) },
      { sticker: { mime_type: 'image/webp', sha256: 'b2xk', animated: true } }
    ],
    [
      'location',
      {
        locationMessage: {
          degreesLatitude: 37.4421,
          degreesLongitude: -122.1615,
          name: 'Philz',
          address: '101 Forest Ave',
          url: 'https://example.org'
        }
      },
      { location: { latitude: 37.4421, longitude: -122.1615, name: 'Philz', address: '101 Forest Ave', url: 'https://example.org' } }
    ],
    ['location', { liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2 } }, { location: { latitude: 1, longitude: 2 } }],
    [
      'contacts',
      { contactMessage: { displayName: 'Bo', vcard: 'BEGIN:VCARD\nFN:Bo\nTEL;type=CELL;waid=1:+1\nEND:VCARD' } },
      { contacts: [{ name: { formatted_name: 'Bo' }, phones: [{ phone: '+1', wa_id: '1', type: 'CELL' }] }] }
    ],
    [
      'interactive',
      { buttonsResponseMessage: { selectedButtonId: 'yes', selectedDisplayText: 'Yes' } },
      { interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } } }
    ],
    [
      'interactive',
      { listResponseMessage: { title: 'Large', description: '5 kg', singleSelectReply: { selectedRowId: 'l' } } },
      { interactive: { type: 'list_reply', list_reply: { id: 'l', title: 'Large', description: '5 kg' } } }
    ],
    [
      'interactive',
      {
        interactiveResponseMessage: {
          body: { text: 'Yes' },
          nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"yes"}' }
        }
      },
      { interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } } }
    ],
    [
      'interactive',
      { interactiveResponseMessage: { body: { text: 'Sent' }, nativeFlowResponseMessage: { name: 'flow', paramsJson: '{"a":1}' } } },
      { interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"a":1}' } } }
    ],
    [
      'button',
      { templateButtonReplyMessage: { selectedId: 'p', selectedDisplayText: 'Stop' } },
      { button: { payload: 'p', text: 'Stop' } }
    ],
    [
      'reaction',
      { reactionMessage: { key: { remoteJid: BOB, fromMe: true, id: '3EB0AA' }, text: '👍' } },
      { reaction: { message_id: ours('3EB0AA'), emoji: '👍' } }
    ],
    [
      'reaction',
      { reactionMessage: { key: { remoteJid: BOB, fromMe: false, id: 'CD34' }, text: '' } },
      { reaction: { message_id: theirs('CD34'), emoji: '' } }
    ],
    [
      'unsupported',
      { pollCreationMessageV3: { name: 'Lunch?' } },
      {
        unsupported: { type: 'poll_creation' },
        errors: [
          {
            code: 131051,
            title: 'Message type unknown',
            message: 'Message type unknown',
            error_data: { details: 'Message type is currently not supported.' }
          }
        ]
      }
    ],
    ['unsupported', { aFieldOfTomorrow: {} }, { unsupported: { type: 'unknown' } }]
  ];

  it.each(TYPES)('of the type %s: %j', (type, message, said) => {
    const made = first(upsert(message));
    expect(made['type']).toBe(type);
    expect(made).toMatchObject(said);
    const { id } = (made[type] ?? {}) as { id?: string };
    if ('imageMessage' in message) expect(decodeMediaId(id)).toEqual({ session: 'sales', ref: CURSOR, message: 'AB12' });
  });

  it.each([
    ['an undecryptable one', null, {}],
    ['a revocation', { protocolMessage: { type: 0 } }, {}],
    ['a group key', { senderKeyDistributionMessage: {} }, {}],
    ['a status post', { conversation: 'x' }, { remoteJid: 'status@broadcast', participant: BOB }],
    ['a channel post', { conversation: 'x' }, { remoteJid: '1@newsletter' }],
    ['a group message', { conversation: 'x' }, { remoteJid: GROUP, participant: BOB }]
  ])('omit %s', (_what, message, of) => {
    expect(cloudChanges(upsert(message, { key: of }))).toEqual([]);
  });

  it('become one change each', () => {
    const messages = ['a', 'b', 'c'].map(id => ({ key: key({ id }), message: { conversation: id } }));
    const changes = cloudChanges(event('messages.upsert', { type: 'append', messages }));
    expect(changes.map(({ value }) => (value['messages'] as unknown[]).length)).toEqual([1, 1, 1]);
  });

  it('name the message they reply to, and show forwarding', () => {
    const answer = (contextInfo: object): unknown => first(upsert({ extendedTextMessage: { text: 'x', contextInfo } }))['context'];
    expect(answer({ stanzaId: '3EB0AA', participant: MY_LID })).toEqual({ from: '15550000001', id: ours('3EB0AA') });
    expect(answer({ stanzaId: 'CD34', participant: BOB })).toEqual({ from: '16505551234', id: theirs('CD34') });
    expect(answer({ isForwarded: true, forwardingScore: 7 })).toEqual({ forwarded: true, frequently_forwarded: true });
    expect(answer({ mentionedJid: [] })).toBeUndefined();
  });

  it('name the advertisement that they reply to', () => {
    const ad = { sourceType: 'ad', sourceId: '12', sourceUrl: 'https://fb.me/x', title: 'Sale', ctwaClid: 'c1' };
    const made = first(upsert({ extendedTextMessage: { text: 'x', contextInfo: { externalAdReply: ad } } }));
    expect(made['referral']).toEqual({
      source_type: 'ad',
      source_id: '12',
      source_url: 'https://fb.me/x',
      headline: 'Sale',
      ctwa_clid: 'c1'
    });
  });

  // Meta, "Business-scoped user IDs", 31 March 2026.
  it('identify a person by number and user id', () => {
    const named = (of: object, others: Record<string, string> = {}): unknown[] => {
      const one = upsert({ conversation: 'x' }, { key: of, others });
      return [first(one)['from'], first(one)['from_user_id'], first(one, 'contacts')];
    };
    const both = ['16505551234', BOB_ID, { profile: { name: 'Sheena Nelson' }, wa_id: '16505551234', user_id: BOB_ID }];
    expect(named({ remoteJid: BOB_LID, remoteJidAlt: BOB })).toEqual(both);
    expect(named({ remoteJid: BOB, remoteJidAlt: BOB_LID })).toEqual(both);
    expect(named({ remoteJid: BOB_LID }, { [BOB_LID]: BOB })).toEqual(both);
    const alone = [BOB_ID, BOB_ID, { profile: { name: 'Sheena Nelson' }, wa_id: BOB_ID, user_id: BOB_ID }];
    expect(named({ remoteJid: BOB_LID })).toEqual(alone);
  });

  // Meta, "Group messages webhook reference", 17 June 2026.
  it('name their group if this is requested', () => {
    const of = { remoteJid: GROUP, participant: BOB_LID, participantAlt: BOB };
    const made = first(upsert({ conversation: 'x' }, { key: of, extras: ['groups'] }));
    expect(made).toMatchObject({ from: '16505551234', group_id: GROUP, id: theirs('AB12', GROUP, BOB_LID) });
  });

  it('to a broadcast list belong to their author', () => {
    const made = first(upsert({ conversation: 'x' }, { key: { remoteJid: '17000000001@broadcast', participant: BOB } }));
    expect(made).toMatchObject({ from: '16505551234' });
    expect(made['group_id']).toBeUndefined();
  });
});

describe('messages of the account', () => {
  const mine = (fields: object = {}): object => ({ fromMe: true, id: 'AC99', remoteJidAlt: BOB_LID, ...fields });

  // Meta, "smb_message_echoes webhook reference", 21 May 2026.
  it('that were typed on a phone are echoes', () => {
    const [change] = cloudChanges(upsert({ conversation: "Here's the info" }, { key: mine() }));
    expect(change).toEqual({
      field: 'smb_message_echoes',
      value: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '15550000001', phone_number_id: 'sales' },
        message_echoes: [
          {
            from: '15550000001',
            to: '16505551234',
            to_user_id: BOB_ID,
            id: ours('AC99'),
            timestamp: '1749416383',
            type: 'text',
            text: { body: "Here's the info" }
          }
        ]
      }
    });
  });

  it('that a call sent, or that are not requested, are omitted', () => {
    expect(cloudChanges(upsert({ conversation: 'x' }, { key: mine({ id: outgoingMessageId('s') }) }))).toEqual([]);
    expect(cloudChanges(upsert({ conversation: 'x' }, { key: mine(), extras: [] }))).toEqual([]);
  });

  it('to a group name the group', () => {
    const one = upsert({ conversation: 'x' }, { key: { remoteJid: GROUP, fromMe: true, id: 'AC98' }, extras: ['echoes', 'groups'] });
    expect(first(one, 'message_echoes')).toMatchObject({ to: GROUP, group_id: GROUP });
  });
});

describe('edits and revocations', () => {
  const extras = ['echoes', 'edits'] as const;
  const update = (change: object, of: object = {}): CloudEvent => event('messages.update', [{ key: key(of), update: change }], { extras });

  // Meta, "Edit messages webhook reference", 20 July 2026, and "Revoke messages webhook reference", 21 May 2026.
  it('are included if they are requested', () => {
    const edited = first(update({ message: { editedMessage: { message: { conversation: 'new' } } }, messageTimestamp: 1749416400 }));
    expect(edited).toMatchObject({
      from: '16505551234',
      timestamp: '1749416400',
      type: 'edit',
      edit: { original_message_id: theirs(), message: { type: 'text', text: { body: 'new' } } }
    });
    expect(edited['id']).not.toBe(theirs());
    const revoked = first(update({ message: null, messageStubType: 1 }));
    expect(revoked).toMatchObject({ type: 'revoke', revoke: { original_message_id: theirs() } });
  });

  it('of the account are echoes', () => {
    const one = update({ message: null, messageStubType: 1 }, { fromMe: true });
    expect(cloudChanges(one)[0]).toMatchObject({
      field: 'smb_message_echoes',
      value: { message_echoes: [{ type: 'revoke', to: '16505551234' }] }
    });
  });

  it('are omitted otherwise, like other changes', () => {
    expect(cloudChanges({ ...update({ message: null, messageStubType: 1 }), extras: new Set() })).toEqual([]);
    expect(cloudChanges(update({ status: 4 }))).toEqual([]);
    expect(cloudChanges(update({ starred: true }))).toEqual([]);
  });
});

describe('statuses', () => {
  const progress = (fields: object, given: Given = {}): CloudEvent =>
    event('message.progress', { id: '3EB0AA', chat: BOB, correlation: '3EB0AA', at: '2026-06-17T10:00:01.500Z', ...fields }, given);

  // Meta, "Status messages webhook reference", 21 May 2026.
  it.each([
    ['server-ack', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'played']
  ])('of the stage %s are %s', (stage, status) => {
    expect(values(progress({ stage }))[0]).toEqual({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550000001', phone_number_id: 'sales' },
      statuses: [{ id: ours('3EB0AA'), status, timestamp: '1781690401', recipient_id: '16505551234' }]
    });
  });

  it("return the caller's data, and identify the person", () => {
    const one = progress({ stage: 'read', correlation: 'order 7' }, { others: { [BOB]: BOB_LID } });
    expect(first(one, 'statuses')).toMatchObject({ biz_opaque_callback_data: 'order 7', recipient_user_id: BOB_ID });
  });

  it('contain the reason of a failure, with a code of Meta', () => {
    const one = progress({ stage: 'failed', error: { code: 'NOT_ON_WHATSAPP', message: 'Nobody has this number.' } });
    expect(first(one, 'statuses')['errors']).toEqual([
      {
        code: 131026,
        title: 'Message undeliverable',
        message: 'Message undeliverable',
        error_data: { details: 'Nobody has this number.' }
      }
    ]);
  });

  it('of a group name it if this is requested', () => {
    const of = { stage: 'delivered', chat: GROUP, participant: BOB };
    expect(cloudChanges(progress(of))).toEqual([]);
    expect(first(progress(of, { extras: ['groups'] }), 'statuses')).toMatchObject({
      recipient_id: GROUP,
      recipient_type: 'group',
      recipient_participant_id: '16505551234'
    });
  });

  it('omit messages that are only accepted, or for everyone', () => {
    expect(cloudChanges(progress({ stage: 'accepted' }))).toEqual([]);
    expect(cloudChanges(progress({ stage: 'read', chat: 'status@broadcast' }))).toEqual([]);
    expect(cloudChanges(event('chats.update', []))).toEqual([]);
  });
});

test('people are looked up if the event lacks their other jid', () => {
  const messages = [
    { key: key() },
    { key: key({ remoteJid: BOB, remoteJidAlt: BOB_LID }) },
    { key: key({ remoteJid: GROUP, participant: MY_LID }) }
  ];
  expect(unpairedPeople('messages.upsert', { messages })).toEqual([BOB, MY_LID]);
  expect(unpairedPeople('messages.update', [{ key: key({ remoteJid: BOB_LID }) }])).toEqual([BOB_LID]);
  expect(unpairedPeople('message.progress', { chat: GROUP, participant: '16505551234:3@s.whatsapp.net' })).toEqual([BOB]);
  expect(unpairedPeople('call', {})).toEqual([]);
});
