import type { SocketCommand, WabusError } from '@wabus/contracts';
import { commandReply, type JsonSchema } from '@wabus/contracts/docs';
import type { SimulatedAccount } from '@wabus/testing';
import { Ajv } from 'ajv';
import { ConnectorFixture, type ConnectorSession } from '../connector.fixture.js';

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let known: Facts;

/** The participants and objects of the calls. */
interface Facts {
  readonly me: string;
  readonly contact: string;
  readonly other: string;
  readonly group: string;
  readonly groupCode: string;
  readonly community: string;
  readonly communityCode: string;
  readonly channel: string;
  readonly spareChannel: string;
  readonly message: { key: { id: string }; messageTimestamp: number };
}

const call = (method: string, ...args: unknown[]) => session.command(method, args);
const jidOf = ({ phoneNumber }: SimulatedAccount) => `${phoneNumber}@s.whatsapp.net`;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  const contact = await fixture.simulator.control.createAccount({ name: 'Contact' });
  const other = await fixture.simulator.control.createAccount({ name: 'Other' });
  const group = (await call('groupCreate', 'Friends', [jidOf(contact)])) as { id: string };
  const community = (await call('communityCreate', 'Village', 'All of us')) as { id: string };
  const channel = (await call('newsletterCreate', 'News', 'What is new')) as { id: string };
  const spare = (await call('newsletterCreate', 'Old news', 'Gone soon')) as { id: string };
  known = {
    me: jidOf(session.account),
    contact: jidOf(contact),
    other: jidOf(other),
    group: group.id,
    groupCode: (await call('groupInviteCode', group.id)) as string,
    community: community.id,
    communityCode: (await call('communityInviteCode', community.id)) as string,
    channel: channel.id,
    spareChannel: spare.id,
    message: (await call('sendMessage', jidOf(contact), { text: 'hi' })) as Facts['message']
  };
}, 60_000);
afterAll(() => fixture.stop());

const ajv = new Ajv({ strict: false, allErrors: true });
/** Returns where a reply differs from its documented schema. */
function wrongWith(schema: JsonSchema, answer: unknown): string[] {
  const validate = ajv.compile(schema);
  validate(answer);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message} in ${JSON.stringify(answer)}`);
}

const ANYTHING = Symbol('anything');
const anyList: unknown = expect.any(Array);
const anyText: unknown = expect.any(String);
const anyNumber: unknown = expect.any(Number);
const anyObject: unknown = expect.any(Object);
const like = (fields: object): unknown => expect.objectContaining(fields);
/** The arguments by position, and what the reply must contain (`ANYTHING`: any or none), or the expected error of WhatsApp. */
type Row = (facts: Facts) => { args: unknown[]; answer?: unknown; refused?: number; error?: string };

/** A PNG of one pixel. */
const PIXEL = {
  type: 'Buffer',
  data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
};
const PRODUCT = { name: 'Apples', description: 'Red ones', price: 1_000, currency: 'EUR' };

const group =
  (...rest: unknown[]): Row =>
  ({ group: jid }) => ({ args: [jid, ...rest] });
const community =
  (...rest: unknown[]): Row =>
  ({ community: jid }) => ({ args: [jid, ...rest] });
const channel =
  (...rest: unknown[]): Row =>
  ({ channel: jid }) => ({ args: [jid, ...rest] });
const contact =
  (...rest: unknown[]): Row =>
  ({ contact: jid }) => ({ args: [jid, ...rest] });
const plain =
  (...args: unknown[]): Row =>
  () => ({ args });

/** Every command that is a socket method, in an order in which none removes what a later one needs. */
const ROWS: { readonly [M in SocketCommand]: Row } = {
  chatModify: ({ contact: jid }) => ({ args: [{ pin: true }, jid] }),
  star: ({ contact: jid, message }) => ({ args: [jid, [{ id: message.key.id, fromMe: true }], true] }),
  readMessages: ({ message }) => ({ args: [[message.key]] }),
  sendReceipt: ({ contact: jid }) => ({ args: [jid, null, ['3EB0A1B2C3D4'], 'read'] }),
  sendReceipts: ({ message }) => ({ args: [[message.key], 'read'] }),
  fetchMessageHistory: ({ message }) => ({ args: [5, message.key, message.messageTimestamp], answer: anyText }),
  requestPlaceholderResend: ({ message }) => ({ args: [message.key], answer: anyText }),
  sendPresenceUpdate: ({ contact: jid }) => ({ args: ['composing', jid] }),
  presenceSubscribe: contact(),
  onWhatsApp: ({ contact: jid }) => ({ args: [[`+${jid.split('@')[0]}`]], answer: [like({ exists: true })] }),
  fetchStatus: ({ contact: jid }) => ({ args: [jid], answer: anyList }),
  fetchDisappearingDuration: ({ contact: jid }) => ({ args: [jid], answer: anyList }),
  profilePictureUrl: ({ contact: jid }) => ({ args: [jid, 'image'], answer: null }),
  fetchBlocklist: () => ({ args: [], answer: anyList }),
  updateBlockStatus: contact('block'),
  addOrEditContact: contact({ fullName: 'Somebody Else', firstName: 'Somebody' }),
  removeContact: contact(),
  rejectCall: ({ contact: jid }) => ({ args: ['CALL1', jid] }),
  createCallLink: () => ({ args: ['audio'], answer: anyText }),

  groupCreate: ({ contact: jid }) => ({ args: ['Others', [jid]], answer: like({ subject: 'Others' }) }),
  groupMetadata: ({ group: jid }) => ({ args: [jid], answer: like({ id: jid, subject: 'Friends' }) }),
  groupFetchAllParticipating: ({ group: jid }) => ({ args: [], answer: like({ [jid]: anyObject }) }),
  groupUpdateSubject: group('Best friends'),
  groupUpdateDescription: group('Only the best'),
  groupParticipantsUpdate: ({ group: jid, other }) => ({
    args: [jid, [other], 'add'],
    answer: [like({ status: '200' })]
  }),
  groupRequestParticipantsList: ({ group: jid }) => ({ args: [jid], answer: anyList }),
  groupRequestParticipantsUpdate: ({ group: jid, other }) => ({ args: [jid, [other], 'reject'], answer: anyList }),
  groupInviteCode: ({ group: jid, groupCode }) => ({ args: [jid], answer: groupCode }),
  groupGetInviteInfo: ({ group: id, groupCode }) => ({ args: [groupCode], answer: like({ id }) }),
  groupAcceptInvite: ({ groupCode }) => ({ args: [groupCode], refused: 409 }),
  groupRevokeInvite: ({ group: jid }) => ({ args: [jid], answer: anyText }),
  groupRevokeInviteV4: ({ group: jid, contact: invited }) => ({ args: [jid, invited], answer: expect.any(Boolean) }),
  groupAcceptInviteV4: ({ group: groupJid, message }) => ({
    args: [message.key, { groupJid, inviteCode: 'ABCDEFGH', inviteExpiration: 1_790_000_000 }],
    refused: 409
  }),
  groupToggleEphemeral: group(86_400),
  groupSettingUpdate: group('announcement'),
  groupMemberAddMode: group('admin_add'),
  groupJoinApprovalMode: group('on'),
  updateMemberLabel: ({ group: jid }) => ({ args: [jid, 'boss'], answer: ANYTHING }),
  groupLeave: group(),

  communityCreate: () => ({ args: ['Town', 'Bigger'], answer: like({ subject: 'Town' }) }),
  communityCreateGroup: ({ contact: jid, community: parent }) => ({ args: ['Corner', [jid], parent], answer: anyObject }),
  communityLinkGroup: ({ group: jid, community: parent }) => ({ args: [jid, parent] }),
  communityUnlinkGroup: ({ group: jid, community: parent }) => ({ args: [jid, parent] }),
  communityFetchLinkedGroups: ({ community: jid }) => ({
    args: [jid],
    answer: like({ linkedGroups: anyList })
  }),
  communityMetadata: ({ community: jid }) => ({ args: [jid], answer: like({ id: jid }) }),
  communityFetchAllParticipating: () => ({ args: [], answer: anyObject }),
  communityUpdateSubject: community('Big village'),
  communityUpdateDescription: community('Grown'),
  communityParticipantsUpdate: ({ community: jid, other }) => ({ args: [jid, [other], 'add'], answer: anyList }),
  communityRequestParticipantsList: ({ community: jid }) => ({ args: [jid], answer: anyList }),
  communityRequestParticipantsUpdate: ({ community: jid, other }) => ({ args: [jid, [other], 'reject'], answer: anyList }),
  communityInviteCode: ({ community: jid, communityCode }) => ({ args: [jid], answer: communityCode }),
  communityGetInviteInfo: ({ communityCode }) => ({ args: [communityCode], answer: anyObject }),
  communityAcceptInvite: ({ communityCode }) => ({ args: [communityCode], refused: 409 }),
  communityRevokeInvite: ({ community: jid }) => ({ args: [jid], answer: anyText }),
  communityRevokeInviteV4: ({ community: jid, contact: invited }) => ({ args: [jid, invited], answer: expect.any(Boolean) }),
  communityAcceptInviteV4: ({ community: groupJid, message }) => ({
    args: [message.key, { groupJid, inviteCode: 'ABCDEFGH', inviteExpiration: 1_790_000_000 }],
    refused: 409
  }),
  communityToggleEphemeral: community(86_400),
  communitySettingUpdate: community('announcement'),
  communityMemberAddMode: community('admin_add'),
  communityJoinApprovalMode: community('on'),
  communityLeave: community(),

  updateProfileStatus: () => ({ args: ['Hello, I am using Wabus!'], answer: like({ durationSeconds: 86_400 }) }),
  updateProfileName: plain('Session'),
  removeProfilePicture: ({ me }) => ({ args: [me] }),
  fetchPrivacySettings: () => ({ args: [true], answer: anyObject }),
  updateLastSeenPrivacy: plain('contacts'),
  updateOnlinePrivacy: plain('match_last_seen'),
  updateProfilePicturePrivacy: plain('contacts'),
  updateStatusPrivacy: plain('none'),
  updateReadReceiptsPrivacy: plain('none'),
  updateGroupsAddPrivacy: plain('contacts'),
  updateCallPrivacy: plain('known'),
  updateMessagesPrivacy: plain('contacts'),
  updateDisableLinkPreviewsPrivacy: plain(true),
  updateDefaultDisappearingMode: plain(86_400),
  fetchAccountReachoutTimelock: () => ({ args: [], answer: anyObject }),
  fetchNewChatMessageCap: () => ({ args: [], answer: anyObject }),
  addLabel: contact({ id: '7', name: 'Customer', color: 3 }),
  addChatLabel: contact('7'),
  removeChatLabel: contact('7'),
  addMessageLabel: ({ contact: jid, message }) => ({ args: [jid, message.key.id, '7'] }),
  removeMessageLabel: ({ contact: jid, message }) => ({ args: [jid, message.key.id, '7'] }),
  addOrEditQuickReply: plain({ shortcut: 'thx', message: 'Thank you!', timestamp: '1790000000' }),
  removeQuickReply: plain('1790000000'),

  newsletterCreate: () => ({
    args: ['More news', 'Even newer'],
    answer: like({ id: anyText })
  }),
  newsletterMetadata: ({ channel: jid }) => ({ args: ['jid', jid], answer: like({ id: jid }) }),
  newsletterSubscribers: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterFollow: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterMute: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterUnmute: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterUnfollow: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterUpdate: ({ channel: jid }) => ({ args: [jid, { name: 'Newer news' }], answer: ANYTHING }),
  newsletterUpdateName: ({ channel: jid }) => ({ args: [jid, 'Newest news'], answer: ANYTHING }),
  newsletterUpdateDescription: ({ channel: jid }) => ({ args: [jid, 'Hot'], answer: ANYTHING }),
  newsletterRemovePicture: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterReactMessage: channel('101', '👍'),
  newsletterFetchMessages: ({ channel: jid }) => ({ args: [jid, 5, 0, 0], answer: like({ tag: 'iq' }) }),
  subscribeNewsletterUpdates: ({ channel: jid }) => ({ args: [jid], answer: ANYTHING }),
  newsletterAdminCount: ({ channel: jid }) => ({ args: [jid], answer: anyNumber }),
  newsletterDemote: ({ channel: jid, contact: user }) => ({ args: [jid, user], refused: 404 }),
  newsletterChangeOwner: ({ channel: jid, contact: user }) => ({ args: [jid, user], answer: ANYTHING }),
  newsletterDelete: ({ spareChannel }) => ({ args: [spareChannel] }),

  getBusinessProfile: ({ contact: jid }) => ({ args: [jid], answer: ANYTHING }),
  updateBussinesProfile: () => ({ args: [{ description: 'We sell things', websites: ['https://example.com'] }], answer: ANYTHING }),
  removeCoverPhoto: () => ({ args: ['1'], answer: ANYTHING }),
  getCatalog: ({ me }) => ({ args: [me, 10], answer: like({ products: anyList }) }),
  getCollections: ({ me }) => ({ args: [me, 10], answer: like({ collections: anyList }) }),
  getOrderDetails: () => ({ args: ['1', 'AA=='], refused: 404 }),
  productDelete: () => ({ args: [['1']], answer: like({ deleted: anyNumber }) }),
  getBotListV2: () => ({ args: [], answer: anyList }),

  query: () => ({
    args: [{ tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' }, content: [{ tag: 'ping', attrs: {} }] }, 3_000],
    answer: like({ tag: 'iq', attrs: like({ type: 'result' }) })
  }),
  sendNode: plain({ tag: 'presence', attrs: { type: 'available', name: 'Session' } }),
  updateProfilePicture: ({ me }) => ({ args: [me, PIXEL] }),
  newsletterUpdatePicture: ({ channel: jid }) => ({ args: [jid, PIXEL], answer: anyObject }),
  updateCoverPhoto: () => ({ args: [PIXEL], answer: ANYTHING }),
  productCreate: () => ({ args: [{ ...PRODUCT, images: [PIXEL] }], answer: ANYTHING }),
  productUpdate: () => ({ args: ['1', { ...PRODUCT, images: [PIXEL] }], refused: 404 }),
  // The phone does not have this file.
  updateMediaMessage: ({ contact: remoteJid }) => ({
    args: [
      {
        key: { remoteJid, id: 'NOFILE' },
        message: { imageMessage: { mediaKey: { type: 'Buffer', data: Buffer.alloc(32).toString('base64') } } }
      }
    ],
    error: 'INVALID_REQUEST'
  }),
  relayMessage: ({ contact: jid }) => ({ args: [jid, { conversation: 'as it is' }], answer: anyText })
};

test.each(Object.keys(ROWS) as SocketCommand[])('%s calls the method of the socket', async method => {
  const { args, answer = null, refused, error: code = 'REFUSED_BY_WHATSAPP' } = ROWS[method](known);
  if (refused === undefined && code === 'REFUSED_BY_WHATSAPP') {
    const reply = await session.command(method, args, 10_000);
    // A method that resolves with nothing is answered with `null`, which JSON omits from the reply.
    if (answer !== ANYTHING) expect(reply ?? null).toEqual(answer);
    expect(wrongWith(commandReply(method, 'socket'), reply ?? null)).toEqual([]);
    return;
  }
  const error = await session.command(method, args, 10_000).catch((thrown: WabusError) => thrown);
  expect((error as WabusError).code).toBe(code);
  if (refused !== undefined) expect((error as WabusError).details).toMatchObject({ statusCode: refused });
});

test('relayMessage sends the message to the contact', async () => {
  const phoneNumber = known.contact.split('@')[0]!;
  const received = await fixture.simulator.control.received({ phoneNumber, atLeast: 2, waitMs: 5_000 });
  expect(received.flatMap(({ text }) => text ?? [])).toEqual(['hi', 'as it is']);
});
