import type { StanzaJson } from './control-api.js';

/** The participants when a row is sent; all jids without device. */
export interface StanzaCast {
  /** The account of the session. */
  me: { pn: string; lid: string };
  contact: { pn: string; lid: string };
  /** A group of the account and the contact, addressed by LID. */
  group: string;
  /** The number of the row, for ids. */
  row: number;
}

/** A stanza of the service and its outcome. */
export interface StanzaRow {
  /** Its meaning, as in a title. */
  what: string;
  /** The source of its format. */
  source: string;
  stanza: (cast: StanzaCast) => StanzaJson;
  /** Sent without the queue: WhatsApp expects no acknowledgement. */
  volatile?: true;
  /** Expected events by name, with a part of each payload; other events may occur too. */
  events?: (cast: StanzaCast) => readonly (readonly [event: string, payload: unknown])[];
  /** Why no event is emitted. */
  none?: string;
}

type Attributes = Record<string, string>;
type Content = StanzaJson['content'];
type Shape = (cast: StanzaCast) => StanzaJson;

const el = (tag: string, attrs: Attributes = {}, content?: Content): StanzaJson => ({
  tag,
  attrs,
  ...(content === undefined ? {} : { content })
});
const bytes = (base64 = 'AQIDBA==') => ({ base64 });
/** JSON is sent as bytes: a text with an "@" would be encoded as a jid. */
const json = (value: unknown) => ({ base64: Buffer.from(JSON.stringify(value)).toString('base64') });
const T = '1795000000';
const AT = new Date(Number(T) * 1_000).toISOString();
const SERVER = 's.whatsapp.net';
const CHANNEL = '120363900000000099@newsletter';
const COMMUNITY = '120363000000000777@g.us';

const notification =
  (type: string, from: (cast: StanzaCast) => string, content: (cast: StanzaCast) => StanzaJson[], attrs: Attributes = {}): Shape =>
  cast =>
    el('notification', { id: `note-${cast.row}`, type, from: from(cast), t: T, ...attrs }, content(cast));
const contactLid = ({ contact }: StanzaCast): string => contact.lid;
const contactPn = ({ contact }: StanzaCast): string => contact.pn;
const myself = ({ me }: StanzaCast): string => me.pn;
const server = (): string => SERVER;

const notified = (kind: string, action: string | null, further: (cast: StanzaCast) => object = () => ({})): StanzaRow['events'] => {
  return cast => [['whatsapp.notification', { kind, action, id: `note-${cast.row}`, at: AT, ...further(cast) }]];
};

const WHATSMEOW = 'whatsmeow notification.go';
const ZAPO_GROUP = 'zapo client/events/group.ts, whatsmeow group.go';
const BAILEYS = 'Baileys messages-recv.ts';

const account: StanzaRow[] = [
  {
    what: 'encrypt: few keys are left',
    source: WHATSMEOW,
    stanza: notification('encrypt', server, () => [el('count', { value: '200' })]),
    none: 'the connector uploads keys when there are too few; nobody else can do anything about it'
  },
  {
    what: 'encrypt: a contact has a new identity',
    source: WHATSMEOW,
    stanza: notification('encrypt', contactLid, () => [el('identity')]),
    events: notified('encrypt', 'identity', ({ contact }) => ({ from: contact.lid }))
  },
  {
    what: 'server_sync: a collection has changed',
    source: WHATSMEOW,
    stanza: notification('server_sync', server, () => [el('collection', { name: 'regular', version: '0' })]),
    none: 'changes follow as events of chats, contacts and settings; this collection has none'
  },
  {
    what: 'account_sync: default of vanishing messages',
    source: BAILEYS,
    stanza: notification('account_sync', myself, () => [el('disappearing_mode', { duration: '86400', t: T })]),
    events: () => [['creds.update', { changed: ['accountSettings'] }]]
  },
  {
    what: 'account_sync: somebody is blocked',
    source: WHATSMEOW,
    stanza: notification('account_sync', myself, ({ contact }) => [
      el('blocklist', { dhash: 'x' }, [el('item', { jid: contact.lid, action: 'block' })])
    ]),
    events: ({ contact }) => [['blocklist.update', { blocklist: [contact.lid], type: 'add' }]]
  },
  {
    what: 'account_sync: the blocklist has changed as a whole',
    source: WHATSMEOW,
    stanza: notification('account_sync', myself, () => [el('blocklist', { action: 'modify', dhash: 'y', prev_dhash: 'x' })]),
    events: notified('account_sync', 'blocklist')
  },
  {
    what: 'account_sync: own devices',
    source: 'whatsmeow handleOwnDevicesNotification, whatsapp-rust 3b5b4fea',
    stanza: notification('account_sync', myself, ({ me }) => [
      el('devices', { dhash: '2:abc' }, [el('device', { jid: me.pn }), el('key-index-list', { ts: T }, bytes())])
    ]),
    events: notified('account_sync', 'devices', ({ me }) => ({
      content: [
        {
          tag: 'devices',
          content: [
            { tag: 'device', attributes: { jid: me.pn } },
            { tag: 'key-index-list', attributes: { ts: T } }
          ]
        }
      ]
    }))
  },
  {
    what: 'account_sync: privacy settings',
    source: 'whatsmeow handlePrivacySettingsNotification',
    stanza: notification('account_sync', myself, () => [el('privacy', {}, [el('category', { name: 'last', value: 'contacts' })])]),
    events: notified('account_sync', 'privacy', () => ({
      content: [{ tag: 'privacy', content: [{ tag: 'category', attributes: { name: 'last', value: 'contacts' } }] }]
    }))
  },
  {
    what: 'account_sync: own picture',
    source: WHATSMEOW,
    stanza: notification('account_sync', myself, () => [el('picture')]),
    events: ({ me }) => [['contacts.update', [{ id: me.pn, imgUrl: 'changed' }]]]
  },
  {
    what: 'account_sync: user name',
    source: 'service-2026 W18',
    stanza: notification('account_sync', myself, () => [el('username')]),
    events: notified('account_sync', 'username')
  },
  {
    what: 'account_sync: nothing',
    source: 'no client expects it',
    stanza: notification('account_sync', myself, () => []),
    events: notified('account_sync', null)
  },
  {
    what: 'privacy_token: a contact lets the account write',
    source: 'whatsmeow handlePrivacyTokenNotification',
    stanza: notification('privacy_token', contactLid, ({ me }) => [
      el('tokens', {}, [el('token', { jid: me.lid, type: 'trusted_contact', t: T }, bytes())])
    ]),
    none: 'a secret, kept for messages to that contact'
  },
  {
    what: 'mediaretry: the phone has no file',
    source: 'whatsmeow mediaretry.go',
    stanza: notification('mediaretry', myself, ({ contact }) => [
      el('error', { code: '2' }),
      el('rmr', { jid: contact.pn, from_me: 'false' })
    ]),
    events: cast => [['messages.media-update', [{ key: { id: `note-${cast.row}`, remoteJid: cast.contact.pn } }]]]
  },
  {
    what: 'a kind that nobody knows',
    source: 'whatsapp-rust dispatches these as they are',
    stanza: notification('novelty', server, () => [el('thing', { token: 'hidden', size: '1' }, 'text'), el('enc', {}, bytes())]),
    events: notified('novelty', 'thing', () => ({
      from: null,
      content: [
        { tag: 'thing', attributes: { token: '<redacted>', size: '1' }, text: 'text' },
        { tag: 'enc', attributes: {} }
      ]
    }))
  },
  ...['psa', 'pay', 'features', 'gdpr', 'hosted', 'waffle', 'fbid:devices', 'registration'].map((type): StanzaRow => ({
    what: `${type}: as it comes`,
    source: 'kinds of notification in WhatsApp Web and whatsmeow',
    stanza: notification(type, server, () => [el('update', { n: '1' })]),
    events: notified(type, 'update', () => ({ content: [{ tag: 'update', attributes: { n: '1' } }] }))
  }))
];

const device = ({ contact }: StanzaCast): StanzaJson =>
  el('device', { jid: contact.pn.replace('@', ':9@'), lid: contact.lid.replace('@', ':9@'), 'key-index': '9' });

const contacts: StanzaRow[] = [
  ...(['add', 'remove'] as const).map((change): StanzaRow => ({
    what: `devices: ${change}`,
    source: 'whatsmeow handleDeviceNotification, whatsapp-rust notification/mod.rs',
    stanza: notification('devices', contactPn, cast => [
      el(change, { device_hash: '2:abc', device_lid_hash: '2:def' }, [device(cast), el('key-index-list', { ts: T }, bytes())])
    ]),
    events: notified('devices', change, cast => ({
      from: cast.contact.pn,
      content: [{ tag: change, attributes: { device_hash: '2:abc' }, content: [{ tag: 'device', attributes: { 'key-index': '9' } }, {}] }]
    }))
  })),
  {
    what: 'devices: update by hash',
    source: 'whatsapp-rust 4ae76fcb',
    stanza: notification('devices', contactPn, () => [el('update', { hash: '2:abc' })]),
    events: notified('devices', 'update')
  },
  {
    what: 'picture: set, by number',
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('picture', contactPn, ({ contact }) => [el('set', { jid: contact.pn, id: '77', author: contact.pn })]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.pn, imgUrl: 'changed', author: contact.pn }]]]
  },
  {
    what: 'picture: set, by LID',
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('picture', contactLid, ({ contact }) => [el('set', { jid: contact.lid, id: '78', author: contact.lid })]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.lid, imgUrl: 'changed', author: contact.lid }]]]
  },
  {
    what: 'picture: set, the person only in the element',
    source: 'whatsmeow handlePictureNotification',
    stanza: notification('picture', server, ({ contact }) => [el('set', { jid: contact.lid, id: '79' })]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.lid, imgUrl: 'changed' }]]]
  },
  {
    what: 'picture: deleted',
    source: 'whatsmeow handlePictureNotification',
    stanza: notification('picture', contactPn, ({ contact }) => [el('delete', { jid: contact.pn, author: contact.pn })]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.pn, imgUrl: 'removed', author: contact.pn }]]]
  },
  {
    what: 'picture: deleted, without an element',
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('picture', contactPn, () => []),
    events: ({ contact }) => [['contacts.update', [{ id: contact.pn, imgUrl: 'removed' }]]]
  },
  {
    what: 'picture: a hash alone',
    source: 'whatsmeow: "sometimes there is a hash and no ID"',
    stanza: notification('picture', server, () => [el('set', { hash: 'AbCd' })]),
    events: notified('picture', 'set', () => ({ from: null, content: [{ tag: 'set', attributes: { hash: 'AbCd' } }] }))
  },
  {
    what: 'picture: an avatar',
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('picture', contactPn, () => [el('set_avatar', { id: '1' })]),
    events: notified('picture', 'set_avatar')
  },
  {
    what: 'picture: of a group, by an author',
    source: 'whatsmeow handlePictureNotification',
    stanza: notification(
      'picture',
      ({ group }) => group,
      ({ contact, group }) => [el('set', { jid: group, id: '80', author: contact.lid })]
    ),
    events: ({ contact, group }) => [
      ['groups.update', [{ id: group, imgUrl: 'changed', author: contact.lid }]],
      ['contacts.update', [{ id: group, imgUrl: 'changed' }]],
      ['messages.upsert', { messages: [{ key: { remoteJid: group, participant: contact.lid }, messageStubParameters: ['80'] }] }]
    ]
  },
  {
    what: 'status: an about text',
    source: 'whatsmeow handleStatusNotification',
    stanza: notification('status', contactPn, () => [el('set', {}, 'At the zoo')], { notify: 'Contact' }),
    events: ({ contact }) => [['contacts.update', [{ id: contact.pn, status: 'At the zoo' }]]]
  },
  {
    what: 'status: without an element',
    source: 'whatsmeow handleStatusNotification',
    stanza: notification('status', contactPn, () => []),
    events: notified('status', null)
  },
  {
    what: 'disappearing_mode: of a contact',
    source: 'whatsapp-rust 24b1c95b',
    stanza: notification('disappearing_mode', contactLid, () => [el('disappearing_mode', { duration: '604800', t: T })]),
    events: notified('disappearing_mode', 'disappearing_mode', ({ contact }) => ({
      from: contact.lid,
      content: [{ attributes: { duration: '604800' } }]
    }))
  },
  {
    what: 'contacts: another number',
    source: 'whatsapp-rust 9ed091a1',
    stanza: notification('contacts', server, ({ row }) => [
      el('modify', { old: `1555900${row}@${SERVER}`, new: `1555901${row}@${SERVER}`, old_lid: `8000${row}@lid`, new_lid: `8001${row}@lid` })
    ]),
    events: ({ row }) => [
      ['lid-mapping.update', { pn: `1555901${row}@${SERVER}`, lid: `8001${row}@lid` }],
      ['contacts.update', [{ id: `1555901${row}@${SERVER}`, lid: `8001${row}@lid` }]]
    ]
  },
  {
    what: 'contacts: another number without LIDs',
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('contacts', server, () => [el('modify', { old: `15559020@${SERVER}`, new: `15559021@${SERVER}` })]),
    events: notified('contacts', 'modify', () => ({ content: [{ attributes: { new: `15559021@${SERVER}` } }] }))
  },
  ...[
    el('update', { jid: `15559022@${SERVER}` }),
    el('update', { hash: 'AbCd' }),
    el('sync', { after: T }),
    el('add', { jid: `15559022@${SERVER}` }),
    el('remove', { jid: `15559022@${SERVER}` })
  ].map((change): StanzaRow => ({
    what: `contacts: ${change.tag} by ${Object.keys(change.attrs).join()}`,
    source: 'whatsapp-rust notification/profile.rs',
    stanza: notification('contacts', server, () => [change]),
    events: notified('contacts', change.tag, () => ({ content: [{ tag: change.tag, attributes: change.attrs }] }))
  })),
  {
    what: 'business: verified name',
    source: 'zapo client/events/business.ts',
    // A certificate whose details contain the name "Acme Ltd".
    stanza: notification('business', contactPn, ({ contact }) => [
      el('verified_name', { jid: contact.pn, v: '2', verified_level: 'high' }, bytes('ChQIARIGZW50OndhIghBY21lIEx0ZA=='))
    ]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.pn, verifiedName: 'Acme Ltd' }]]]
  },
  ...[
    el('verified_name', { hash: 'AbCd' }),
    el('remove', { jid: `15559022@${SERVER}` }),
    el('profile', { hash: 'AbCd' }),
    el('product_catalog', {}, [el('product', {}, [el('id', {}, '4711')])]),
    el('subscriptions', {}, [el('subscription', { id: '1', status: 'active' })])
  ].map((change): StanzaRow => ({
    what: `business: ${change.tag}`,
    source: 'zapo client/events/business.ts, whatsapp-rust notification/privacy_business.rs',
    stanza: notification('business', contactPn, () => [change]),
    events: notified('business', change.tag, ({ contact }) => ({ from: contact.pn }))
  }))
];

const groupChange = (...changes: StanzaJson[]): Shape =>
  notification(
    'w:gp2',
    ({ group }) => group,
    () => changes,
    { participant: 'someone@lid', notify: 'Somebody' }
  );
const byContact =
  (content: (cast: StanzaCast) => StanzaJson[]): Shape =>
  cast =>
    el(
      'notification',
      {
        id: `note-${cast.row}`,
        type: 'w:gp2',
        from: cast.group,
        t: T,
        participant: cast.contact.lid,
        participant_pn: cast.contact.pn,
        addressing_mode: 'lid'
      },
      content(cast)
    );
const stub = (what: string, change: StanzaJson, stubbed: object, event?: readonly [string, object]): StanzaRow => ({
  what: `w:gp2: ${what}`,
  source: ZAPO_GROUP,
  stanza: byContact(() => [change]),
  events: ({ group }) => [
    ['messages.upsert', { messages: [{ key: { remoteJid: group }, ...stubbed }] }],
    ...(event ? [[event[0], event[0] === 'groups.update' ? [{ id: group, ...event[1] }] : { id: group, ...event[1] }] as const] : [])
  ]
});
const member = ({ contact }: StanzaCast): StanzaJson => el('participant', { jid: contact.lid, phone_number: contact.pn });

const groups: StanzaRow[] = [
  {
    what: 'w:gp2: a new group',
    source: 'whatsmeow 1142895b',
    stanza: cast => ({
      ...byContact(({ contact, me, row }) => [
        el('create', { type: 'new' }, [
          el('group', { id: `12036311111${row}`, subject: 'New', creator: contact.lid, creation: T, s_t: T, s_o: contact.lid, size: '2' }, [
            el('participant', { jid: contact.lid, type: 'superadmin' }),
            el('participant', { jid: me.lid, phone_number: me.pn })
          ])
        ])
      ])(cast)
    }),
    events: ({ row }) => [['groups.upsert', [{ id: `12036311111${row}@g.us`, subject: 'New' }]]]
  },
  ...(['add', 'promote', 'demote', 'remove'] as const).map((action): StanzaRow => ({
    what: `w:gp2: ${action}, with versions`,
    source: ZAPO_GROUP,
    stanza: byContact(cast => [
      el(action, { v_id: '1795000000000001', prev_v_id: '1795000000000000', ...(action === 'add' ? { reason: 'invite' } : {}) }, [
        member(cast)
      ])
    ]),
    events: ({ group, contact }) => [['group-participants.update', { id: group, action, participants: [{ id: contact.lid }] }]]
  })),
  {
    what: 'w:gp2: a member has another number',
    source: ZAPO_GROUP,
    stanza: byContact(cast => [el('modify', { v_id: '2', prev_v_id: '1' }, [member(cast)])]),
    events: ({ group }) => [['messages.upsert', { messages: [{ key: { remoteJid: group } }] }]]
  },
  stub('subject', el('subject', { subject: 'Renamed', s_t: T, s_o: 'someone@lid' }), { messageStubParameters: ['Renamed'] }, [
    'groups.update',
    { subject: 'Renamed' }
  ]),
  stub('description', el('description', { id: 'D1' }, [el('body', {}, 'About us')]), { messageStubParameters: ['About us'] }),
  stub('description removed', el('description', { id: 'D2' }, [el('delete')]), {}),
  stub('announcement', el('announcement', { v_id: '3' }), { messageStubParameters: ['on'] }, ['groups.update', { announce: true }]),
  stub('not_announcement', el('not_announcement', { v_id: '4' }), { messageStubParameters: ['off'] }, [
    'groups.update',
    { announce: false }
  ]),
  stub('locked', el('locked', { threshold: '100' }), { messageStubParameters: ['on'] }, ['groups.update', { restrict: true }]),
  stub('unlocked', el('unlocked'), { messageStubParameters: ['off'] }, ['groups.update', { restrict: false }]),
  stub('ephemeral', el('ephemeral', { expiration: '86400', trigger: '1' }), {
    message: { protocolMessage: { ephemeralExpiration: 86_400 } }
  }),
  stub('not_ephemeral', el('not_ephemeral'), { message: { protocolMessage: { ephemeralExpiration: 0 } } }),
  stub('invite', el('invite', { code: 'newcode' }), { messageStubParameters: ['newcode'] }, ['groups.update', { inviteCode: 'newcode' }]),
  stub('member_add_mode', el('member_add_mode', {}, 'all_member_add'), { messageStubParameters: ['all_member_add'] }, [
    'groups.update',
    { memberAddMode: true }
  ]),
  stub(
    'membership_approval_mode',
    el('membership_approval_mode', {}, [el('group_join', { state: 'on' })]),
    { messageStubParameters: ['on'] },
    ['groups.update', { joinApprovalMode: true }]
  ),
  {
    what: 'w:gp2: somebody asks to join',
    source: ZAPO_GROUP,
    stanza: byContact(({ contact }) => [
      el('created_membership_requests', { request_method: 'invite_link' }, [
        el('requested_user', { jid: contact.lid, phone_number: contact.pn })
      ])
    ]),
    events: ({ group, contact }) => [
      ['group.join-request', { id: group, action: 'created', participant: contact.lid, method: 'invite_link' }]
    ]
  },
  {
    what: 'w:gp2: a request to join is taken back',
    source: ZAPO_GROUP,
    stanza: byContact(({ contact }) => [el('revoked_membership_requests', {}, [el('participant', { jid: contact.lid })])]),
    events: ({ group, contact }) => [['group.join-request', { id: group, action: 'revoked', participant: contact.lid }]]
  },
  ...(['suspended', 'unsuspended'] as const).map((tag): StanzaRow => ({
    what: `w:gp2: ${tag}`,
    source: 'whatsmeow fc1c13d4',
    stanza: groupChange(el(tag)),
    events: ({ group }) => [['groups.update', [{ id: group, suspended: tag === 'suspended' }]]]
  })),
  {
    what: 'w:gp2: linked to a community',
    source: 'whatsmeow group.go (link)',
    stanza: groupChange(el('link', { link_type: 'parent_group' }, [el('group', { jid: COMMUNITY, subject: 'All', s_t: T })])),
    events: cast => [
      ['groups.update', [{ id: cast.group, linkedParent: COMMUNITY, author: 'someone@lid' }]],
      ...notified('w:gp2', 'link', ({ group }) => ({ from: group, participant: 'someone@lid' }))!(cast)
    ]
  },
  {
    what: 'w:gp2: a community got a group',
    source: 'whatsmeow group.go (link)',
    stanza: groupChange(el('link', { link_type: 'sub_group' }, [el('group', { jid: '120363000000000778@g.us', subject: 'Sub' })])),
    events: notified('w:gp2', 'link', () => ({
      content: [{ attributes: { link_type: 'sub_group' }, content: [{ attributes: { subject: 'Sub' } }] }]
    }))
  },
  {
    what: 'w:gp2: unlinked from a community',
    source: 'whatsmeow group.go (unlink)',
    stanza: groupChange(el('unlink', { unlink_type: 'parent_group', unlink_reason: 'unlink_group' }, [el('group', { jid: COMMUNITY })])),
    events: cast => [['groups.update', [{ id: cast.group, linkedParent: '' }]], ...notified('w:gp2', 'unlink')!(cast)]
  },
  ...[
    el('revoke', {}, [el('participant', { jid: 'someone@lid' })]),
    el('delete', { reason: 'delete_parent' }),
    el('growth_locked', { expiration: T, type: 'invite' }),
    el('growth_unlocked'),
    el('no_frequently_forwarded'),
    el('frequently_forwarded_ok'),
    el('linked_group_promote', { jid: COMMUNITY }, [el('participant', { jid: 'someone@lid' })]),
    el('linked_group_demote', { jid: COMMUNITY }, [el('participant', { jid: 'someone@lid' })]),
    el('membership_approval_request', { request_method: 'non_admin_add', parent_group_jid: COMMUNITY }),
    el('created_sub_group_suggestion', {}, [el('sub_group_suggestion', { jid: '120363000000000779@g.us' })]),
    el('auto_add_disabled'),
    el('is_capi_hosted_group'),
    el('limit_sharing_enabled'),
    el('missing_participant_identification'),
    el('change_of_tomorrow')
  ].map((change): StanzaRow => ({
    what: `w:gp2: ${change.tag}`,
    source: ZAPO_GROUP,
    stanza: groupChange(change),
    events: notified('w:gp2', change.tag, ({ group }) => ({ from: group, content: [{ tag: change.tag, attributes: change.attrs }] }))
  })),
  {
    what: 'w:gp2: two changes at once',
    source: 'whatsmeow parseGroupChange reads all elements, Baileys the first',
    stanza: byContact(() => [el('locked'), el('announcement')]),
    events: cast => [['groups.update', [{ id: cast.group, restrict: true }]], ...notified('w:gp2', 'announcement')!(cast)]
  }
];

const live = (...posts: StanzaJson[]): Shape =>
  notification(
    'newsletter',
    () => CHANNEL,
    () => [el('live_updates', {}, posts)]
  );
const post = (...content: StanzaJson[]): StanzaJson => el('message', { server_id: '101', id: '3EB0AA', type: 'text', t: T }, content);
const operation = (op_name: string, data: object): Shape => notification('mex', server, () => [el('update', { op_name }, json({ data }))]);
const untoldOperation = (op_name: string, data: object, seen: object = data): StanzaRow => ({
  what: `mex: ${op_name}`,
  source: 'whatsmeow newsletterEvent, zapo mex-notification.ts',
  stanza: operation(op_name, data),
  events: notified('mex', op_name, () => ({ data: seen }))
});

const channels: StanzaRow[] = [
  {
    what: 'newsletter: reactions, live',
    source: 'whatsmeow parseNewsletterMessages',
    stanza: live(post(el('reactions', {}, [el('reaction', { code: '👍', count: '3' }), el('reaction', { code: '❤️', count: '1' })]))),
    events: () => [
      ['newsletter.reaction', { id: CHANNEL, server_id: '101', reaction: { code: '👍', count: 3 } }],
      ['newsletter.reaction', { id: CHANNEL, server_id: '101', reaction: { code: '❤️', count: 1 } }]
    ]
  },
  {
    what: 'newsletter: views, live',
    source: 'whatsmeow parseNewsletterMessages',
    stanza: live(el('messages', { t: T }, [post(el('views_count', { count: '42' }))])),
    events: () => [['newsletter.view', { id: CHANNEL, server_id: '101', count: 42 }]]
  },
  {
    what: 'newsletter: nothing live',
    source: 'whatsmeow parseNewsletterMessages',
    stanza: live(post()),
    events: notified('newsletter', 'live_updates', () => ({ from: CHANNEL }))
  },
  {
    what: 'newsletter: a reaction in the form of Baileys',
    source: BAILEYS,
    stanza: notification(
      'newsletter',
      () => CHANNEL,
      () => [el('reaction', { message_id: '102' }, [el('reaction', {}, '👍')])]
    ),
    events: () => [['newsletter.reaction', { id: CHANNEL, server_id: '102', reaction: { code: '👍', count: 1 } }]]
  },
  {
    what: 'mex: settings of a channel',
    source: 'whatsmeow newsletterEvent',
    stanza: operation('NotificationNewsletterUpdate', {
      xwa2_notify_newsletter_on_metadata_update: { id: CHANNEL, thread_metadata: { name: { text: 'News', update_time: T } } }
    }),
    events: () => [['newsletter-settings.update', { id: CHANNEL, update: { name: 'News' } }]]
  },
  {
    what: 'mex: a new admin, in the form of Baileys',
    source: BAILEYS,
    stanza: notification('mex', server, ({ me }) => [
      el(
        'update',
        { op_name: 'NotificationNewsletterAdminPromote' },
        json({ data: {}, operation: 'NotificationNewsletterAdminPromote', updates: [{ jid: CHANNEL, user: me.pn }] })
      )
    ]),
    events: ({ me }) => [['newsletter-participants.update', { id: CHANNEL, user: me.pn, action: 'promote' }]]
  },
  untoldOperation('NotificationNewsletterJoin', {
    xwa2_notify_newsletter_on_join: { id: CHANNEL, viewer_metadata: { role: 'SUBSCRIBER' } }
  }),
  untoldOperation('NotificationNewsletterLeave', { xwa2_notify_newsletter_on_leave: { id: CHANNEL, role: 'GUEST' } }),
  untoldOperation('NotificationNewsletterUserSettingChange', { xwa2_notify_newsletter_on_mute_change: { id: CHANNEL, mute: 'ON' } }),
  untoldOperation('NotificationNewsletterStateChange', {
    xwa2_notify_newsletter_on_state_change: { id: CHANNEL, is_requestor: false, state: { type: 'SUSPENDED' } }
  }),
  untoldOperation('NotificationNewsletterAdminMetadataUpdate', { xwa2_notify_newsletter_on_admin_metadata_update: { id: CHANNEL } }),
  untoldOperation('UsernameSetNotification', { xwa2_notify_username_on_change: { username: 'ann', lid: '9000@lid' } }),
  untoldOperation('UsernameDeleteNotification', { xwa2_notify_username_delete: { lid: '9000@lid', display_name: 'Ann' } }),
  untoldOperation(
    'AccountSyncUsernameNotification',
    { xwa2_notify_wa_user: { lid_jid: '9000@lid', username_info: { username: 'me', pin: '1234', state: 'SET' } } },
    { xwa2_notify_wa_user: { username_info: { username: 'me', pin: '<redacted>' } } }
  ),
  untoldOperation('TextStatusUpdateNotificationSideSub', { xwa2_notify_text_status_on_update_side_sub: { hash: 'AbCd' } }),
  untoldOperation('LidChangeNotification', { xwa2_notify_lid_change: { old: '9000@lid', new: '9001@lid' } }),
  untoldOperation('OperationOfTomorrow', { anything: [1, { token: 'hidden' }] }, { anything: [1, { token: '<redacted>' }] }),
  {
    what: 'mex: an about text',
    source: 'zapo mex-notification.ts',
    stanza: notification('mex', server, ({ contact }) => [
      el(
        'update',
        { op_name: 'TextStatusUpdateNotification' },
        json({ data: { xwa2_notify_text_status_on_update: { jid: contact.lid, text: 'Busy', ephemeral_duration_sec: 60 } } })
      )
    ]),
    events: ({ contact }) => [['contacts.update', [{ id: contact.lid, status: 'Busy' }]]]
  },
  {
    what: 'mex: a lock on new chats is over',
    source: 'whatsmeow 1197',
    stanza: operation('NotificationUserReachoutTimelockUpdate', { xwa2_notify_account_reachout_timelock: { is_active: false } }),
    events: () => [['connection.update', { reachoutTimeLock: { isActive: false } }]]
  },
  {
    what: 'mex: the quota of new chats',
    source: 'WAHA PR 2186',
    stanza: operation('MessageCappingInfoNotification', {
      xwa2_notify_new_chat_messages_capping_info_update: { total_quota: 10, used_quota: 1, capping_status: 'NONE' }
    }),
    events: () => [['message-capping.update', { total_quota: 10, used_quota: 1 }]]
  },
  {
    what: 'mex: no JSON',
    source: 'no client expects it',
    stanza: notification('mex', server, () => [el('update', {}, 'no json')]),
    events: notified('mex', null)
  }
];

const receipt =
  (attrs: (cast: StanzaCast) => Attributes, content?: (cast: StanzaCast) => StanzaJson[]): Shape =>
  cast =>
    el('receipt', { id: `sent-${cast.row}`, t: T, ...attrs(cast) }, content?.(cast));
const status = (value: number): NonNullable<StanzaRow['events']> => {
  return ({ contact, row }) => [
    ['messages.update', [{ key: { remoteJid: contact.lid, id: `sent-${row}`, fromMe: true }, update: { status: value } }]]
  ];
};
const silentReceipt = (type: string, none: string): StanzaRow => ({
  what: `receipt: ${type}`,
  source: 'whatsmeow types/presence.go (ReceiptType)',
  stanza: receipt(({ me }) => ({ type, from: me.pn.replace('@', ':3@'), recipient: '15559030@s.whatsapp.net' })),
  none
});
const people = (cast: StanzaCast): StanzaJson[] => [
  el('user', { jid: cast.contact.lid.replace('@', ':7@'), t: '1795000001' }),
  el('user', { jid: '900015559040@lid', t: '1795000002' })
];

const receipts: StanzaRow[] = [
  { what: 'receipt: delivered', source: 'Baileys 1886', stanza: receipt(({ contact }) => ({ from: contact.lid })), events: status(3) },
  {
    what: 'receipt: inactive',
    source: 'whatsmeow',
    stanza: receipt(({ contact }) => ({ from: contact.lid, type: 'inactive' })),
    events: status(3)
  },
  {
    what: 'receipt: read',
    source: 'whatsmeow',
    stanza: receipt(({ contact }) => ({ from: contact.lid, type: 'read' })),
    events: status(4)
  },
  {
    what: 'receipt: played',
    source: 'whatsmeow',
    stanza: receipt(({ contact }) => ({ from: contact.lid, type: 'played' })),
    events: status(5)
  },
  {
    what: 'receipt: read, several at once',
    source: 'whatsmeow receipt.go MarkRead',
    stanza: receipt(
      ({ contact }) => ({ from: contact.lid, type: 'read' }),
      ({ row }) => [el('list', {}, [el('item', { id: `more-${row}` }), el('item', { id: `most-${row}` })])]
    ),
    events: ({ row }) => [
      ['messages.update', [`sent-${row}`, `more-${row}`, `most-${row}`].map(id => ({ key: { id }, update: { status: 4 } }))]
    ]
  },
  {
    what: 'receipt: read, the list behind another element',
    source: 'whatsmeow looks for the tag, Baileys at the first element',
    stanza: receipt(
      ({ contact }) => ({ from: contact.lid, type: 'read' }),
      ({ row }) => [el('biz', { reason: 'x' }), el('list', {}, [el('item', { id: `more-${row}` })])]
    ),
    events: ({ row }) => [['messages.update', [`sent-${row}`, `more-${row}`].map(id => ({ key: { id } }))]]
  },
  {
    what: 'receipt: read by a member',
    source: 'whatsmeow receipt.go',
    stanza: receipt(({ contact, group }) => ({ from: group, participant: contact.lid, type: 'read' })),
    events: ({ contact, group, row }) => [
      [
        'message-receipt.update',
        [{ key: { remoteJid: group, id: `sent-${row}` }, receipt: { userJid: contact.lid, readTimestamp: Number(T) } }]
      ]
    ]
  },
  {
    what: 'receipt: read, aggregated',
    source: 'whatsmeow handleGroupedReceipt, adiwajshing 1772',
    stanza: receipt(
      ({ group }) => ({ from: group, type: 'read' }),
      cast => [el('participants', { key: `sent-${cast.row}` }, people(cast))]
    ),
    events: ({ contact, group, row }) => [
      [
        'message-receipt.update',
        [
          { key: { remoteJid: group, id: `sent-${row}`, fromMe: true }, receipt: { userJid: contact.lid, readTimestamp: 1_795_000_001 } },
          {
            key: { remoteJid: group, id: `sent-${row}`, fromMe: true },
            receipt: { userJid: '900015559040@lid', readTimestamp: 1_795_000_002 }
          }
        ]
      ]
    ]
  },
  {
    what: 'receipt: delivered, aggregated for two messages',
    source: 'whatsmeow handleGroupedReceipt',
    stanza: receipt(
      ({ group }) => ({ from: group }),
      cast => [
        el('participants', { key: `one-${cast.row}` }, people(cast).slice(0, 1)),
        el('participants', { key: `two-${cast.row}` }, people(cast).slice(1))
      ]
    ),
    events: ({ group, row }) => [
      [
        'message-receipt.update',
        [
          { key: { remoteJid: group, id: `one-${row}` }, receipt: { receiptTimestamp: 1_795_000_001 } },
          { key: { remoteJid: group, id: `two-${row}` }, receipt: { receiptTimestamp: 1_795_000_002 } }
        ]
      ]
    ]
  },
  {
    what: 'receipt: a status post, aggregated, with a list',
    source: 'whatsmeow handleGroupedReceipt; list as in MarkRead',
    stanza: receipt(
      () => ({ from: 'status@broadcast', type: 'read' }),
      cast => [
        el('participants', { key: `sent-${cast.row}` }, people(cast).slice(0, 1)),
        el('list', {}, [el('item', { id: `more-${cast.row}` })])
      ]
    ),
    events: ({ contact, row }) => [
      ['message-receipt.update', [`sent-${row}`, `more-${row}`].map(id => ({ key: { id }, receipt: { userJid: contact.lid } }))]
    ]
  },
  {
    what: 'receipt: own other device has read',
    source: 'whatsmeow (read-self)',
    stanza: receipt(({ me, contact }) => ({ from: me.lid.replace('@', ':3@'), recipient: contact.lid, type: 'read-self' })),
    events: ({ contact, row }) => [['messages.update', [{ key: { remoteJid: contact.lid, id: `sent-${row}`, fromMe: false } }]]]
  },
  silentReceipt('hist_sync', 'own devices confirm history to the phone'),
  silentReceipt('peer_msg', 'own devices confirm messages about the account'),
  silentReceipt('server-error', 'own devices ask the phone for a file'),
  silentReceipt('enc_rekey_retry', 'keys of a call; calls have the event `call`'),
  {
    what: 'receipt: a device that can do nothing with the message',
    source: 'whatsapp-rust 7a869596',
    stanza: receipt(
      ({ contact }) => ({ from: contact.lid }),
      () => [el('error', { reason: 'lid', type: 'feature-incapable' })]
    ),
    none: 'it was sent and not delivered, which the ack of the server has told'
  },
  {
    what: 'receipt: asked again for something never sent',
    source: 'whatsmeow retry.go',
    stanza: receipt(
      ({ contact }) => ({ from: contact.lid, type: 'retry' }),
      ({ row }) => [el('retry', { count: '1', id: `sent-${row}`, t: T, v: '1' }), el('registration', {}, bytes('AAAAAQ=='))]
    ),
    none: 'there is nothing to send again'
  }
];

const call =
  (content: StanzaJson, from: (cast: StanzaCast) => string = contactLid): Shape =>
  cast =>
    el('call', { id: `call-${cast.row}`, from: from(cast), t: T, platform: 'android', version: '2.25.20.80' }, [
      { ...content, attrs: { 'call-id': `CALL${cast.row}`, 'call-creator': cast.contact.lid, ...content.attrs } }
    ]);
const rings = (state: string, further: object = {}): NonNullable<StanzaRow['events']> => {
  return cast => [['call', [{ id: `CALL${cast.row}`, status: state, ...further }]]];
};
const WHATSMEOW_CALL = 'whatsmeow call.go';

const calls: StanzaRow[] = [
  {
    what: 'call: offer with video',
    source: WHATSMEOW_CALL,
    stanza: cast =>
      call(
        el('offer', { caller_pn: cast.contact.pn }, [
          el('audio', { enc: 'opus', rate: '16000' }),
          el('video', { enc: 'vp8' }),
          el('net', { medium: '3' }),
          el('enc', { v: '2', type: 'msg', count: '0' }, bytes()),
          el('encopt', { keygen: '2' })
        ])
      )(cast),
    events: cast => rings('offer', { isVideo: true, from: cast.contact.lid, callerPn: cast.contact.pn })(cast)
  },
  {
    what: 'call: notice of a group call',
    source: WHATSMEOW_CALL,
    stanza: cast => call(el('offer_notice', { 'group-jid': cast.group, media: 'audio', type: 'group' }))(cast),
    events: cast => rings('offer', { isGroup: true, groupJid: cast.group })(cast)
  },
  { what: 'call: nobody answers', source: WHATSMEOW_CALL, stanza: call(el('terminate', { reason: 'timeout' })), events: rings('timeout') },
  { what: 'call: it ends', source: WHATSMEOW_CALL, stanza: call(el('terminate')), events: rings('terminate') },
  ...['accept', 'preaccept', 'reject', 'transport', 'relaylatency'].map((tag): StanzaRow => ({
    what: `call: ${tag}`,
    source: WHATSMEOW_CALL,
    stanza: call(el(tag)),
    events: rings(tag)
  })),
  ...['enc_rekey', 'mute_v2', 'video', 'group_update', 'heartbeat'].map((tag): StanzaRow => ({
    what: `call: ${tag}`,
    source: 'whatsapp-rust 5172454b, 8e1b5029',
    stanza: call(el(tag)),
    events: rings('ringing')
  }))
];

const ib =
  (content: StanzaJson): Shape =>
  () =>
    el('ib', { from: SERVER }, [content]);
const silentIb = (content: StanzaJson, source: string, none: string): StanzaRow => ({
  what: `ib: ${content.tag}${content.attrs['type'] ? ` ${content.attrs['type']}` : ''}`,
  source,
  volatile: true,
  stanza: ib(content),
  none
});

const information: StanzaRow[] = [
  silentIb(el('offline', { count: '0' }), 'whatsmeow handleIB', 'the backlog was at its end before'),
  silentIb(el('thread_metadata'), 'zapo 1f0de19', 'chats with a backlog, whose messages come themselves'),
  silentIb(el('priority_offline_complete'), 'whatsapp-rust PR 1314', 'a part of the backlog has come, as events'),
  silentIb(el('recovery_nonce', {}, [el('nonce', {}, bytes())]), 'whatsapp-rust PR 1314', 'a secret'),
  silentIb(el('tos', { notice_id: '1' }), 'zapo 1f0de19', 'for people who use the app'),
  silentIb(
    el('edge_routing', {}, [el('routing_info', {}, bytes('CAIIBQ=='))]),
    'whatsmeow handleIB',
    'where the next connection goes, kept with the credentials'
  ),
  {
    what: 'ib: dirty communities',
    source: 'whatsmeow handleIB',
    volatile: true,
    stanza: ib(el('dirty', { type: 'communities', timestamp: T })),
    events: () => [['groups.update', []]]
  },
  {
    what: 'ib: dirty account_sync',
    source: 'whatsmeow handleIB',
    volatile: true,
    stanza: ib(el('dirty', { type: 'account_sync', timestamp: T })),
    events: () => [['creds.update', { changed: ['lastAccountSyncTimestamp'] }]]
  },
  {
    what: 'ib: dirty groups',
    source: 'whatsmeow handleIB',
    volatile: true,
    stanza: ib(el('dirty', { type: 'groups', timestamp: T })),
    events: ({ group }) => [['groups.update', [{ id: group }]]]
  },
  {
    what: 'ib: the version of the client ends',
    source: 'whatsapp-rust ea4ea0b4',
    volatile: true,
    stanza: ib(el('client_expiration', { t: '1893456000' })),
    events: () => [['session.status', { clientExpiresAt: '2030-01-01T00:00:00.000Z' }]]
  },
  {
    what: 'ib: it does not end after all',
    source: 'whatsapp-rust PR 1314',
    volatile: true,
    stanza: ib(el('client_expiration')),
    events: () => [['session.status', { clientExpiresAt: null }]]
  },
  {
    what: 'presence: available',
    source: BAILEYS,
    volatile: true,
    stanza: ({ contact }) => el('presence', { from: contact.lid, type: 'available' }),
    events: ({ contact }) => [['presence.update', { id: contact.lid, presences: { [contact.lid]: { lastKnownPresence: 'available' } } }]]
  },
  {
    what: 'chatstate: typing in a group',
    source: BAILEYS,
    volatile: true,
    stanza: ({ contact, group }) => el('chatstate', { from: group, participant: contact.lid }, [el('composing')]),
    events: ({ contact, group }) => [['presence.update', { id: group, presences: { [contact.lid]: { lastKnownPresence: 'composing' } } }]]
  },
  {
    what: 'a stanza of an unknown tag',
    source: 'whatsmeow a7ea5638',
    stanza: ({ row }) => el('novelty', { id: `new-${row}`, from: SERVER, type: 'x' }),
    none: 'nobody knows what it is; it is acknowledged, and counted in the metrics'
  }
];

const TEXT = bytes('CgVoZWxsbw==');
const message =
  (attrs: (cast: StanzaCast) => Attributes, content: StanzaJson[], tag = 'message'): Shape =>
  cast =>
    el(tag, { id: `msg-${cast.row}`, t: T, type: 'text', notify: 'Somebody', ...attrs(cast) }, content);
const upserted = (key: (cast: StanzaCast) => object, further: object = {}): NonNullable<StanzaRow['events']> => {
  return cast => [['messages.upsert', { messages: [{ key: { id: `msg-${cast.row}`, ...key(cast) }, ...further }] }]];
};
const hello = { message: { conversation: 'hello' } };
const unreadable = [el('enc', { v: '2', type: 'msg' }, bytes())];

const messages: StanzaRow[] = [
  {
    what: 'message: of a channel',
    source: 'whatsmeow message.go (plaintext)',
    stanza: message(() => ({ from: CHANNEL, server_id: '103' }), [el('plaintext', {}, TEXT)]),
    events: upserted(() => ({ remoteJid: CHANNEL }), hello)
  },
  {
    what: 'message: of a person, unreadable',
    source: 'whatsmeow message.go',
    stanza: message(({ contact }) => ({ from: contact.lid, sender_pn: contact.pn }), unreadable),
    events: upserted(({ contact }) => ({ remoteJid: contact.lid, remoteJidAlt: contact.pn }), { messageStubType: 2 })
  },
  {
    what: 'message: by LID without a number',
    source: 'whatsmeow 1014',
    stanza: message(() => ({ from: '900015559050@lid' }), unreadable),
    events: upserted(() => ({ remoteJid: '900015559050@lid' }), { messageStubType: 2 })
  },
  {
    what: 'message: of a member, unreadable',
    source: 'whatsmeow message.go (skmsg)',
    stanza: message(
      ({ contact, group }) => ({ from: group, participant: contact.lid, participant_pn: contact.pn, addressing_mode: 'lid' }),
      [el('enc', { v: '2', type: 'skmsg' }, bytes())]
    ),
    events: upserted(({ contact, group }) => ({ remoteJid: group, participant: contact.lid }), { messageStubType: 2 })
  },
  {
    what: 'message: to be seen once, withheld from linked devices',
    source: 'whatsmeow message.go (unavailable)',
    stanza: message(({ contact }) => ({ from: contact.lid, type: 'media' }), [el('unavailable', { type: 'view_once' })]),
    events: upserted(({ contact }) => ({ remoteJid: contact.lid }))
  },
  {
    what: 'message: to a broadcast list',
    source: 'whatsmeow message.go (parseMessageSource)',
    stanza: message(({ contact }) => ({ from: '1795000000@broadcast', participant: contact.pn }), unreadable),
    events: upserted(({ contact }) => ({ remoteJid: '1795000000@broadcast', participant: contact.pn }))
  },
  {
    what: 'message: an own copy, unreadable',
    source: 'whatsmeow message.go:157',
    stanza: message(({ contact, me }) => ({ from: me.lid, recipient: contact.lid, peer_recipient_pn: contact.pn }), unreadable),
    events: upserted(({ contact }) => ({ remoteJid: contact.lid, fromMe: true }))
  },
  {
    what: 'status: a post, unreadable',
    source: 'WAHA 2151, whatsapp-rust PR 1101',
    // A post older than a day has expired, and devices no longer request it again.
    stanza: message(
      ({ contact }) => ({
        from: 'status@broadcast',
        participant: contact.pn,
        participant_lid: contact.lid,
        t: String(Math.floor(Date.now() / 1_000))
      }),
      unreadable,
      'status'
    ),
    events: upserted(({ contact }) => ({ remoteJid: 'status@broadcast', participant: contact.pn }), { messageStubType: 2 })
  },
  {
    what: 'status: a post of a channel',
    source: 'service-2026 W2',
    stanza: message(() => ({ from: CHANNEL, server_id: '104' }), [el('plaintext', {}, TEXT)], 'status'),
    events: upserted(() => ({ remoteJid: CHANNEL }), hello)
  },
  {
    what: 'status: of a person, which no client knows',
    source: 'whatsmeow a7ea5638',
    stanza: message(({ contact }) => ({ from: contact.lid }), unreadable, 'status'),
    none: 'no post; it is acknowledged, and counted in the metrics'
  }
];

/** Stanzas as the service sends them, by tag, each with its outcome. */
export const SERVICE_STANZAS: readonly StanzaRow[] = [
  ...account,
  ...contacts,
  ...groups,
  ...channels,
  ...receipts,
  ...calls,
  ...information,
  ...messages
];
