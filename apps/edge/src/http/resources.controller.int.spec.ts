import {
  COMMAND_CATALOG,
  COMMAND_ROUTES,
  EDGE_ROUTES,
  commandRoutePath,
  type CommandName,
  type CommandRow,
  type ErrorBody
} from '@wabus/contracts';
import { exampleOf, type OpenApiDocument } from '@wabus/contracts/docs';
import type { EdgeClient } from '@wabus/testing';
import { EdgeFixture, READER_TOKEN, SALES_TOKEN, TOKEN } from '../edge.fixture.js';

const G = '120363041234567890@g.us';
const N = '120363023123456789@newsletter';
const U = '4915112345678@s.whatsapp.net';
const L = '123456789@lid';
/** A message identified by its id. The models add the rest of its key, or the connector refuses the command. */
const NAMED = { remoteJid: U, id: '3EB0C431C26A1916E07A' };
const KEY = { ...NAMED, fromMe: false };
/** Returns the path of a message. */
const M = (jid: string): string => `/chats/${jid}/messages/${KEY.id}`;
const FORWARDED = { key: KEY, message: { conversation: 'as it came' } };
/** A PNG of one pixel. */
const PIXEL = {
  type: 'Buffer',
  data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
};
/** The value with which an edge replaces the bytes of a file. */
const STORED = { media: expect.stringMatching(/^media_/) as string };
const PRODUCT = { name: 'Apples', description: 'Red ones', price: 1_000, currency: 'EUR', images: [PIXEL] };
const INVITE = { groupJid: G, inviteCode: 'abc', inviteExpiration: 1_700_000_000 };

interface Row {
  /** The verb and the path below the session, as a client writes them. */
  readonly ask: string;
  readonly body?: unknown;
  readonly command: string;
  readonly args?: object;
}

const r = (ask: string, body: unknown, command: string, args: object = {}): Row => ({ ask, body, command, args });

const privacy = (field: string, value: unknown, command: string, args: object = { value }): Row =>
  r('PATCH /privacy', { [field]: value }, command, args);

/** Returns the rows that groups and communities have in common. */
const gathering = (path: string, name: 'group' | 'community', invitation: object): Row[] => [
  r(`GET /${path}`, undefined, `${name}FetchAllParticipating`),
  r(`DELETE /${path}/${G}`, undefined, `${name}Leave`, { id: G }),
  r(`GET /${path}/${G}`, undefined, `${name}Metadata`, { jid: G }),
  r(`PATCH /${path}/${G}`, { subject: 'New' }, `${name}UpdateSubject`, { jid: G, subject: 'New' }),
  r(`PATCH /${path}/${G}`, { description: 'D' }, `${name}UpdateDescription`, { jid: G, description: 'D' }),
  r(`PATCH /${path}/${G}`, { setting: 'locked' }, `${name}SettingUpdate`, { jid: G, setting: 'locked' }),
  r(`PATCH /${path}/${G}`, { ephemeralExpiration: 86_400 }, `${name}ToggleEphemeral`, { jid: G, ephemeralExpiration: 86_400 }),
  r(`PATCH /${path}/${G}`, { memberAddMode: 'admin_add' }, `${name}MemberAddMode`, { jid: G, mode: 'admin_add' }),
  r(`PATCH /${path}/${G}`, { joinApprovalMode: 'on' }, `${name}JoinApprovalMode`, { jid: G, mode: 'on' }),
  r(`POST /${path}/${G}/participants`, { participants: ['+49 1511 2345678'], action: 'add' }, `${name}ParticipantsUpdate`, {
    jid: G,
    participants: [U],
    action: 'add'
  }),
  r(`GET /${path}/${G}/join-requests`, undefined, `${name}RequestParticipantsList`, { jid: G }),
  r(`POST /${path}/${G}/join-requests`, { participants: [L], action: 'approve' }, `${name}RequestParticipantsUpdate`, {
    jid: G,
    participants: [L],
    action: 'approve'
  }),
  r(`GET /${path}/${G}/invite-code`, undefined, `${name}InviteCode`, { jid: G }),
  r(`DELETE /${path}/${G}/invite-code`, undefined, `${name}RevokeInvite`, { jid: G }),
  r(`DELETE /${path}/${G}/invites/${U}`, undefined, `${name}RevokeInviteV4`, { ...invitation, invitedJid: U }),
  r(`GET /${name}-invites/abc`, undefined, `${name}GetInviteInfo`, { code: 'abc' }),
  r(`POST /${name}-invites/abc/accept`, undefined, `${name}AcceptInvite`, { code: 'abc' }),
  r(`POST /${name}-invites`, { key: KEY, inviteMessage: INVITE }, `${name}AcceptInviteV4`, { key: KEY, inviteMessage: INVITE })
];

/** Commands that the owner executes. In this test it echoes the request. */
const ROWS: readonly Row[] = [
  r('POST /restore', undefined, 'restoreSession'),
  r('POST /pairing-code', { phoneNumber: '+49 151 1' }, 'requestPairingCode', { phoneNumber: '+49 151 1' }),
  r('GET /passkey?link=true', undefined, 'getPasskey', { link: true }),
  r('POST /passkey', { assertion: { id: 'a' } }, 'submitPasskeyAssertion', { assertion: { id: 'a' } }),
  r('POST /passkey/confirm', { equal: true }, 'confirmPasskey', { equal: true }),
  r('DELETE /passkey', undefined, 'cancelPasskey'),
  r('POST /messages', { jid: '4915112345678', content: { text: 'hi' } }, 'sendMessage', { jid: U, content: { text: 'hi' } }),
  r('POST /messages/read', { keys: [KEY] }, 'readMessages', { keys: [KEY] }),
  r('POST /messages/star', { jid: U, messages: [{ id: 'A' }], star: true }, 'star', { jid: U, messages: [{ id: 'A' }], star: true }),
  r('POST /messages/receipts', { keys: [KEY], type: 'played' }, 'sendReceipts', { keys: [KEY], type: 'played' }),
  r('POST /messages/history', { count: 5, oldestMsgKey: KEY, oldestMsgTimestamp: 1 }, 'fetchMessageHistory', {
    count: 5,
    oldestMsgKey: KEY,
    oldestMsgTimestamp: 1
  }),
  r('POST /messages/resend', { messageKey: KEY }, 'requestPlaceholderResend', { messageKey: KEY }),
  r(`POST /chats/${U}/messages`, { content: { text: 'hi' } }, 'sendMessage', { jid: U, content: { text: 'hi' } }),
  r(`POST /chats/${U}/messages/forward`, { message: FORWARDED, force: true }, 'sendMessage', {
    jid: U,
    content: { forward: FORWARDED, force: true }
  }),
  r(`PATCH ${M(U)}`, { text: 'better' }, 'sendMessage', { jid: U, content: { text: 'better', edit: { ...KEY, fromMe: true } } }),
  r(`DELETE ${M(U)}`, undefined, 'sendMessage', { jid: U, content: { delete: { ...KEY, fromMe: true } } }),
  r(`DELETE ${M(G)}?participant=${L}`, undefined, 'sendMessage', {
    jid: G,
    content: { delete: { ...KEY, remoteJid: G, participant: L } }
  }),
  r(`PUT ${M('4915112345678')}/reaction`, { text: '👍' }, 'sendMessage', { jid: U, content: { react: { text: '👍', key: NAMED } } }),
  r(`PUT ${M(G)}/reaction`, { text: '👍', participant: '+49 1511 2345678' }, 'sendMessage', {
    jid: G,
    content: { react: { text: '👍', key: { ...KEY, remoteJid: G, participant: U } } }
  }),
  r(`DELETE ${M(U)}/reaction?fromMe=true`, undefined, 'sendMessage', {
    jid: U,
    content: { react: { text: '', key: { ...KEY, fromMe: true } } }
  }),
  r(`PUT ${M(U)}/pin`, { time: 604_800 }, 'sendMessage', { jid: U, content: { pin: NAMED, type: 1, time: 604_800 } }),
  r(`PUT ${M(U)}/pin`, undefined, 'sendMessage', { jid: U, content: { pin: NAMED, type: 1 } }),
  r(`DELETE ${M(U)}/pin`, undefined, 'sendMessage', { jid: U, content: { pin: NAMED, type: 2 } }),
  r(`PUT ${M(U)}/star`, { fromMe: true }, 'star', { jid: U, messages: [{ id: KEY.id, fromMe: true }], star: true }),
  r(`DELETE ${M(U)}/star`, undefined, 'star', { jid: U, messages: [{ id: KEY.id }], star: false }),
  r(`POST ${M(U)}/read`, undefined, 'readMessages', { keys: [NAMED] }),
  r('POST /messages/media', { message: FORWARDED }, 'updateMediaMessage', { message: FORWARDED }),
  r(`PUT /chats/${G}/picture`, { content: PIXEL }, 'updateProfilePicture', { jid: G, content: STORED }),
  r(`PATCH /chats/${U}`, { archive: true, lastMessages: [] }, 'chatModify', { jid: U, modification: { archive: true, lastMessages: [] } }),
  r(`PATCH /chats/${U}`, { mute: null }, 'chatModify', { jid: U, modification: { mute: null } }),
  r(`DELETE /chats/${G}/picture`, undefined, 'removeProfilePicture', { jid: G }),
  r(`PUT /chats/${U}/presence`, { type: 'composing' }, 'sendPresenceUpdate', { toJid: U, type: 'composing' }),
  r('PUT /presence', { type: 'available' }, 'sendPresenceUpdate', { type: 'available' }),
  r(`POST /chats/${U}/presence/subscribe`, undefined, 'presenceSubscribe', { toJid: U }),
  r(`PUT /chats/${U}/labels/5`, undefined, 'addChatLabel', { jid: U, labelId: '5' }),
  r(`DELETE /chats/${U}/labels/5`, undefined, 'removeChatLabel', { jid: U, labelId: '5' }),
  r(`PUT /chats/${U}/messages/AB/labels/5`, undefined, 'addMessageLabel', { jid: U, messageId: 'AB', labelId: '5' }),
  r(`DELETE /chats/${U}/messages/AB/labels/5`, undefined, 'removeMessageLabel', { jid: U, messageId: 'AB', labelId: '5' }),
  r('GET /contacts/check?phoneNumbers=491,492', undefined, 'onWhatsApp', { phoneNumbers: ['491', '492'] }),
  r('GET /contacts/check?phoneNumbers=491&phoneNumbers=492', undefined, 'onWhatsApp', { phoneNumbers: ['491', '492'] }),
  r(`PUT /contacts/${U}`, { fullName: 'Ada' }, 'addOrEditContact', { jid: U, contact: { fullName: 'Ada' } }),
  r(`DELETE /contacts/${U}`, undefined, 'removeContact', { jid: U }),
  r(`PUT /contacts/${U}/block`, undefined, 'updateBlockStatus', { jid: U, action: 'block' }),
  r(`DELETE /contacts/${U}/block`, undefined, 'updateBlockStatus', { jid: U, action: 'unblock' }),
  r('GET /contacts/%2B49%201511%202345678/picture?type=image', undefined, 'profilePictureUrl', { jid: U, type: 'image' }),
  r(`GET /contacts/${L}/status`, undefined, 'fetchStatus', { jids: [L] }),
  r(`GET /contacts/${U},${L}/disappearing`, undefined, 'fetchDisappearingDuration', { jids: [U, L] }),
  r(`GET /contacts/${U}/business`, undefined, 'getBusinessProfile', { jid: U }),
  r('GET /blocklist', undefined, 'fetchBlocklist'),
  r('PATCH /profile', { name: 'Ada' }, 'updateProfileName', { name: 'Ada' }),
  r('PATCH /profile', { status: 'busy' }, 'updateProfileStatus', { status: 'busy' }),
  r('PUT /profile/about', { status: 'busy', duration: 3_600, emoji: '🐝' }, 'updateProfileStatus', {
    status: 'busy',
    duration: 3_600,
    emoji: '🐝'
  }),
  r('GET /privacy?force=true', undefined, 'fetchPrivacySettings', { force: true }),
  privacy('lastSeen', 'contacts', 'updateLastSeenPrivacy'),
  privacy('online', 'all', 'updateOnlinePrivacy'),
  privacy('profilePicture', 'none', 'updateProfilePicturePrivacy'),
  privacy('status', 'all', 'updateStatusPrivacy'),
  privacy('readReceipts', 'none', 'updateReadReceiptsPrivacy'),
  privacy('groupsAdd', 'contacts', 'updateGroupsAddPrivacy'),
  privacy('calls', 'known', 'updateCallPrivacy'),
  privacy('messages', 'contacts', 'updateMessagesPrivacy'),
  privacy('linkPreviewsDisabled', true, 'updateDisableLinkPreviewsPrivacy', { isPreviewsDisabled: true }),
  privacy('disappearingSeconds', 86_400, 'updateDefaultDisappearingMode', { duration: 86_400 }),
  r('GET /account/reachout-timelock', undefined, 'fetchAccountReachoutTimelock'),
  r('GET /account/new-chat-cap', undefined, 'fetchNewChatMessageCap'),
  r('POST /labels', { jid: U, labels: { id: '5', name: 'VIP' } }, 'addLabel', { jid: U, labels: { id: '5', name: 'VIP' } }),
  r('POST /quick-replies', { shortcut: 'hi' }, 'addOrEditQuickReply', { quickReply: { shortcut: 'hi' } }),
  r('DELETE /quick-replies/1700000000', undefined, 'removeQuickReply', { timestamp: '1700000000' }),
  r('POST /groups', { subject: 'S', participants: [U] }, 'groupCreate', { subject: 'S', participants: [U] }),
  r(`PATCH /groups/${G}`, { memberLabel: 'chair' }, 'updateMemberLabel', { jid: G, memberLabel: 'chair' }),
  ...gathering('groups', 'group', { groupJid: G }),
  r('POST /communities', { subject: 'S', body: 'B' }, 'communityCreate', { subject: 'S', body: 'B' }),
  r(`GET /communities/${G}/groups`, undefined, 'communityFetchLinkedGroups', { jid: G }),
  r(`POST /communities/${G}/groups`, { subject: 'S', participants: [U] }, 'communityCreateGroup', {
    subject: 'S',
    participants: [U],
    parentCommunityJid: G
  }),
  r(`PUT /communities/${G}/groups/1-2@g.us`, undefined, 'communityLinkGroup', { groupJid: '1-2@g.us', parentCommunityJid: G }),
  r(`DELETE /communities/${G}/groups/1-2@g.us`, undefined, 'communityUnlinkGroup', { groupJid: '1-2@g.us', parentCommunityJid: G }),
  ...gathering('communities', 'community', { communityJid: G }),
  r('POST /newsletters', { name: 'N' }, 'newsletterCreate', { name: 'N' }),
  r(`GET /newsletters/${N}`, undefined, 'newsletterMetadata', { type: 'jid', key: N }),
  r('GET /newsletter-invites/abc', undefined, 'newsletterMetadata', { type: 'invite', key: 'abc' }),
  r(`DELETE /newsletters/${N}`, undefined, 'newsletterDelete', { jid: N }),
  r(`PATCH /newsletters/${N}`, { name: 'M' }, 'newsletterUpdateName', { jid: N, name: 'M' }),
  r(`PATCH /newsletters/${N}`, { description: 'D' }, 'newsletterUpdateDescription', { jid: N, description: 'D' }),
  r(`PUT /newsletters/${N}/picture`, { content: PIXEL }, 'newsletterUpdatePicture', { jid: N, content: STORED }),
  r(`DELETE /newsletters/${N}/picture`, undefined, 'newsletterRemovePicture', { jid: N }),
  r(`PUT /newsletters/${N}/follow`, undefined, 'newsletterFollow', { jid: N }),
  r(`DELETE /newsletters/${N}/follow`, undefined, 'newsletterUnfollow', { jid: N }),
  r(`PUT /newsletters/${N}/mute`, undefined, 'newsletterMute', { jid: N }),
  r(`DELETE /newsletters/${N}/mute`, undefined, 'newsletterUnmute', { jid: N }),
  r(`POST /newsletters/${N}/subscribe`, undefined, 'subscribeNewsletterUpdates', { jid: N }),
  r(`GET /newsletters/${N}/subscribers`, undefined, 'newsletterSubscribers', { jid: N }),
  r(`GET /newsletters/${N}/messages?count=5&since=0&after=7`, undefined, 'newsletterFetchMessages', {
    jid: N,
    count: 5,
    since: 0,
    after: 7
  }),
  r(`PUT /newsletters/${N}/messages/12/reaction`, { reaction: '👍' }, 'newsletterReactMessage', { jid: N, serverId: '12', reaction: '👍' }),
  r(`GET /newsletters/${N}/admins/count`, undefined, 'newsletterAdminCount', { jid: N }),
  r(`DELETE /newsletters/${N}/admins/${U}`, undefined, 'newsletterDemote', { jid: N, userJid: U }),
  r(`PUT /newsletters/${N}/owner`, { newOwnerJid: U }, 'newsletterChangeOwner', { jid: N, newOwnerJid: U }),
  r('PATCH /business/profile', { email: 'a@example.com' }, 'updateBussinesProfile', { args: { email: 'a@example.com' } }),
  r('DELETE /business/cover-photos/7', undefined, 'removeCoverPhoto', { id: '7' }),
  r(`GET /business/catalog?jid=${U}&limit=10`, undefined, 'getCatalog', { jid: U, limit: 10 }),
  r('GET /business/collections', undefined, 'getCollections'),
  r('GET /business/orders/4711?tokenBase64=dG9r', undefined, 'getOrderDetails', { orderId: '4711', tokenBase64: 'dG9r' }),
  r('PUT /business/cover-photo', { photo: PIXEL }, 'updateCoverPhoto', { photo: STORED }),
  r('POST /business/products', PRODUCT, 'productCreate', { create: { ...PRODUCT, images: [STORED] } }),
  r('PUT /business/products/4711', PRODUCT, 'productUpdate', { productId: '4711', update: { ...PRODUCT, images: [STORED] } }),
  r('DELETE /business/products?productIds=1,2', undefined, 'productDelete', { productIds: ['1', '2'] }),
  r('GET /bots', undefined, 'getBotListV2'),
  r('POST /calls/C1/reject', { callFrom: U }, 'rejectCall', { callId: 'C1', callFrom: U }),
  r('POST /call-links', { type: 'video', event: { startTime: 5 } }, 'createCallLink', { type: 'video', event: { startTime: 5 } })
];

/** Commands that the edge executes itself. They are tested with the session lifecycle. */
const BY_THE_REGISTRY = ['getSession', 'deleteSession', 'startSession', 'stopSession', 'restartSession', 'logoutSession'];

const failed = (status: number, code: string): object => ({
  status,
  body: { ok: false, error: expect.objectContaining({ code }) as object }
});

describe('resources of a session', () => {
  let edge: EdgeFixture;
  let client: EdgeClient;
  let keys: (string | null | undefined)[] = [];
  const ask = (who: EdgeClient, { ask: line, body }: Pick<Row, 'ask' | 'body'>, session = 'sales', headers = {}) => {
    const [verb, path] = line.split(' ') as [string, string];
    return who.request<{ error: ErrorBody }>(verb, `/api/sessions/${session}${path}`, body, headers);
  };

  beforeAll(async () => {
    edge = await EdgeFixture.launch({ WABUS_COMMANDS_PER_SECOND: '0' });
    client = edge.client();
    for (const session of ['sales', 'other']) {
      await client.post('/api/sessions', { session });
      await edge.own(session, async ({ method, body, idempotencyKey }) => {
        keys.push(idempotencyKey);
        const { args } = JSON.parse(body) as { args: unknown };
        return JSON.stringify(method === 'updateMemberLabel' ? { ok: true } : { ok: true, data: { session, method, args } });
      });
    }
  }, 30_000);
  afterAll(() => edge.stop(), 30_000);

  it.each(ROWS.map((row): [string, Row] => [`${row.ask} ${JSON.stringify(row.body ?? null)}`, row]))(
    '%s reaches its command with its arguments',
    async (_title, row) => {
      const { status, body } = await ask(client, row);
      if (row.command === 'updateMemberLabel') expect({ status, body }).toEqual({ status: 204, body: '' });
      else expect({ status, body }).toEqual({ status: 200, body: { session: 'sales', method: row.command, args: row.args } });
    }
  );

  it('has a case above for every row of the table', () => {
    const asked = (verb: string, path: string, command: string): boolean => {
      const form = new RegExp(`^${verb} /${path.replace(/\{\w+\}/g, '[^/]+')}(\\?|$)`);
      return ROWS.some(row => row.command === command && form.test(row.ask));
    };
    const missing = COMMAND_ROUTES.filter(
      ({ verb, path, command }) => !BY_THE_REGISTRY.includes(command) && !asked(verb, path, command)
    ).map(({ verb, path, command }) => `${verb} ${path} ${command}`);
    expect(missing).toEqual([]);
  });

  it('passes the idempotency key to the owner for every verb', async () => {
    for (const line of ['POST /messages/resend', `PUT /contacts/${U}/block`, `DELETE /groups/${G}`, `GET /groups/${G}`]) {
      keys = [];
      const body = line.startsWith('POST') ? { messageKey: KEY } : undefined;
      await ask(client, { ask: line, body }, 'sales', { 'idempotency-key': 'once-1' });
      expect(keys).toEqual(['once-1']);
    }
  });

  it('keeps a token of one session from resources of others', async () => {
    const sales = edge.client(SALES_TOKEN);
    for (const row of ROWS) {
      expect(await ask(sales, row, 'other')).toMatchObject(failed(403, 'FORBIDDEN'));
    }
    expect((await ask(sales, ROWS[0]!)).status).toBe(200);
  });

  it('lets a token with the scope read only read', async () => {
    const reader = edge.client(READER_TOKEN);
    expect((await ask(reader, { ask: `GET /groups/${G}` })).status).toBe(200);
    for (const line of [`DELETE /groups/${G}`, `PUT /contacts/${U}/block`]) {
      expect(await ask(reader, { ask: line })).toMatchObject(failed(403, 'FORBIDDEN'));
    }
  });

  it("requires each command's scope, and admin for raw stanzas", async () => {
    const rows = (Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]).filter(([, { target }]) => target !== 'registry');
    for (const scope of ['read', 'send', 'control'] as const) {
      const { body } = await client.post<{ token: string }>('/api/tokens', { name: scope, scopes: [scope] });
      const holder = edge.client(body.token);
      const socket = await holder.connectEvents();
      for (const [method] of rows.filter(([, row]) => row.scope !== scope)) {
        const args = exampleOf(method);
        expect([method, await holder.post(`/api/sessions/sales/commands/${method}`, { args })]).toMatchObject([
          method,
          failed(403, 'FORBIDDEN')
        ]);
        const outcome = await socket.command({ session: 'sales', method, args });
        expect([method, outcome]).toMatchObject([
          method,
          { ok: false, error: { code: 'FORBIDDEN', details: { scope: rowScope(method) } } }
        ]);
      }
    }
    const raw = rows.filter(([, { scope }]) => scope === 'admin').map(([method]) => method);
    expect(raw).toEqual(['query', 'sendNode', 'relayMessage']);
    for (const method of raw)
      expect(await client.post(`/api/sessions/sales/commands/${method}`, { args: exampleOf(method) })).toMatchObject({ status: 200 });
  });
  const rowScope = (method: CommandName): string => COMMAND_CATALOG[method].scope;

  it.each<[string, unknown, string, string]>([
    ['GET /groups/bob', undefined, 'INVALID_ARGUMENTS', 'jid'],
    [`GET /groups/${encodeURIComponent(encodeURIComponent(G))}`, undefined, 'INVALID_ARGUMENTS', 'jid'],
    [`GET /groups/${U}`, undefined, 'INVALID_ARGUMENTS', 'jid'],
    [`DELETE /newsletters/${G}`, undefined, 'INVALID_ARGUMENTS', 'jid'],
    [`POST /groups/${G}/participants`, { participants: [U], action: 'eat' }, 'INVALID_ARGUMENTS', 'action'],
    [`POST /groups/${G}/participants`, { jid: G, participants: [U], action: 'add' }, 'INVALID_REQUEST', 'jid'],
    [`PUT /contacts/${U}/block`, { action: 'unblock' }, 'INVALID_REQUEST', 'action'],
    [`PUT ${M('bob')}/reaction`, { text: '👍' }, 'INVALID_ARGUMENTS', 'jid'],
    [`PUT ${M(U)}/reaction`, {}, 'INVALID_ARGUMENTS', 'text'],
    [`PUT ${M(U)}/reaction`, { text: 5 }, 'INVALID_ARGUMENTS', 'text'],
    [`PUT ${M(U)}/reaction`, { text: 'x', key: KEY }, 'INVALID_ARGUMENTS', 'key'],
    [`PUT ${M(U)}/reaction`, { text: 'x', messageId: 'other' }, 'INVALID_REQUEST', 'messageId'],
    [`DELETE ${M(U)}?fromMe=perhaps`, undefined, 'INVALID_ARGUMENTS', 'fromMe'],
    [`DELETE ${M(U)}?everywhere=true`, undefined, 'INVALID_REQUEST', 'everywhere'],
    [`PUT ${M(U)}/pin`, { time: 5 }, 'INVALID_ARGUMENTS', 'time'],
    [`PATCH ${M(U)}`, { text: 'x'.repeat(65_537) }, 'INVALID_ARGUMENTS', 'text'],
    [`PATCH /groups/${G}`, { subject: 'a', description: 'b' }, 'INVALID_REQUEST', 'body'],
    [`PATCH /groups/${G}`, { colour: 'red' }, 'INVALID_REQUEST', 'colour'],
    [`PATCH /groups/${G}`, undefined, 'INVALID_REQUEST', 'body'],
    [`PATCH /groups/${G}`, [], 'INVALID_REQUEST', 'body'],
    ['PATCH /privacy', { constructor: 'all' }, 'INVALID_REQUEST', 'constructor'],
    ['PATCH /privacy', { online: 'nobody' }, 'INVALID_ARGUMENTS', 'value'],
    [`PATCH /chats/${U}`, { archive: true, pin: true }, 'INVALID_ARGUMENTS', 'modification'],
    ['GET /privacy?force=maybe', undefined, 'INVALID_ARGUMENTS', 'force'],
    ['GET /privacy?other=1', undefined, 'INVALID_REQUEST', 'other'],
    [`GET /groups/${G}?jid=1@g.us`, undefined, 'INVALID_REQUEST', 'jid'],
    ['GET /business/catalog?limit=ten', undefined, 'INVALID_ARGUMENTS', 'limit'],
    ['POST /groups?subject=a', {}, 'INVALID_REQUEST', 'subject']
  ])('%s with %j is refused, and the fault is named', async (line, body, code, field) => {
    keys = [];
    const answer = await ask(client, { ask: line, body });
    expect(answer).toMatchObject(failed(400, code));
    const { details } = answer.body.error as { details?: { field?: string; fields?: object } };
    expect(details?.field ?? Object.keys(details?.fields ?? {})[0]).toBe(field);
    expect(keys).toEqual([]);
  });

  describe('the OpenAPI document', () => {
    const served = async (): Promise<OpenApiDocument> => (await (await fetch(`${edge.url}/api/openapi.json`)).json()) as OpenApiDocument;

    it('is served without a token', async () => {
      const { openapi, paths } = await served();
      expect(openapi).toBe('3.1.0');
      expect(Object.keys(paths)).toContain('/api/sessions/{session}/commands/sendMessage');
    });

    it('has every route that the edge serves, and no other', async () => {
      const { paths } = await served();
      const described = Object.entries(paths)
        .filter(([path]) => !/\/commands\/[^{]/.test(path))
        .flatMap(([path, verbs]) => Object.keys(verbs).map(verb => `${verb.toUpperCase()} ${path}`));
      expect(described.sort()).toEqual(edge.routes().sort());
      const declared = [...EDGE_ROUTES, ...COMMAND_ROUTES.map(route => ({ verb: route.verb, path: commandRoutePath(route) }))];
      expect(new Set(described)).toEqual(
        new Set([...declared.map(({ verb, path }) => `${verb} ${path}`), 'POST /api/sessions/{session}/commands/{method}'])
      );
    });

    it('answers HEAD for every GET, without a body', async () => {
      const { paths } = await served();
      const gets = Object.entries(paths).flatMap(([path, verbs]) => ('get' in verbs ? [path] : []));
      expect(gets.length).toBeGreaterThan(60);
      const headers = { authorization: `Bearer ${TOKEN}` };
      for (const path of gets) {
        const url = edge.url + path.replace('{session}', 'sales').replace(/\{\w+\}/g, U);
        const answer = await fetch(url, { method: 'HEAD', headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
        expect([path, await answer.text(), answer.status < 500]).toEqual([path, '', true]);
      }
    }, 60_000);

    it('has the header by which an event stream resumes', async () => {
      const { paths } = await served();
      for (const path of ['/api/events', '/api/sessions/{session}/events']) {
        expect(paths[path]!.get!.parameters).toContainEqual(
          expect.objectContaining({ name: 'Last-Event-ID', in: 'header', required: false })
        );
      }
    });

    it('has a page that loads nothing from other hosts', async () => {
      const page = await fetch(`${edge.url}/api/docs`);
      expect(page.status).toBe(200);
      const policy = page.headers.get('content-security-policy')!;
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/upgrade-insecure-requests|https?:/);
      const html = await page.text();
      const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
      expect(files).toHaveLength(4);
      for (const file of files) {
        expect(file).toMatch(/^\/api\/docs\/[a-z0-9.-]+$/);
        const { status, headers } = await fetch(edge.url + file);
        expect({ file, status }).toEqual({ file, status: 200 });
        expect(headers.get('content-type')).toMatch(/^(text\/(css|javascript)|image\/png)/);
      }
      const elsewhere = await fetch(`${edge.url}/api/asyncapi.json`);
      expect(elsewhere.headers.get('content-security-policy')).not.toBe(policy);
    });

    it.each(['package.json', 'index.html', '..%2fpackage.json', '%2e%2e', 'constructor'])(
      '%s is not among the files of the page',
      async file => {
        const { status } = await fetch(`${edge.url}/api/docs/${file}`);
        expect(status).toBe(404);
      }
    );
  });
});
