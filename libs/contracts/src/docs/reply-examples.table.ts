import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import type { JsonSchema } from './async-api.types.js';
import { commandReply } from './reply.schemas.js';
import { requiredOf, schemaFields } from './request.schemas.js';

const PERSON = '4915112345678@s.whatsapp.net';
const GROUP = '120363041234567890@g.us';
const CHANNEL = '120363023123456789@newsletter';
const AT = '2026-11-21T09:51:47.358Z';
const KEY = { remoteJid: PERSON, fromMe: true, id: '3EB0C431C26A1916E07A' };
const PASSKEY = { stage: 'confirmation', requestedAt: AT, expiresAt: null, code: 'ABCD-EFGH', compare: true, error: null };
const MEMBERS = [{ jid: PERSON, status: '200' }];

/** A session that is linked and connected. */
const SESSION = {
  session: 'sales',
  desired: 'running',
  createdAt: AT,
  status: {
    session: 'sales',
    state: 'open',
    connector: 'c1',
    epoch: 3,
    account: { id: PERSON, lid: '900015550000001@lid', name: 'Flowers', platform: 'android' },
    lastDisconnect: null,
    failures: 0,
    reconnectLoopSince: null,
    lastInboundAt: AT,
    clientVersion: '2.3000.1046500000',
    clientExpiresAt: null,
    counters: { eventsPublished: 84, messagesIn: 9, messagesOut: 4, opens: 1, reconnects: 0, reconnectLoops: 0 },
    snapshots: [],
    passkey: null,
    updatedAt: AT
  }
};

/** Examples for commands whose generated example would explain too little. */
const GIVEN: Partial<Record<CommandName, unknown>> = {
  sendMessage: { key: KEY, messageTimestamp: 1795254707 },
  requestPairingCode: { code: 'K7WX2M9P', at: AT },
  getPasskey: { ...PASSKEY, options: null, url: null },
  submitPasskeyAssertion: { ...PASSKEY, stage: 'waiting-for-phone', code: null },
  confirmPasskey: { ...PASSKEY, stage: 'finishing' },
  cancelPasskey: { ...PASSKEY, stage: null, code: null },
  restoreSession: { snapshotAt: AT },
  getQr: { format: 'svg', qr: '<svg …>', ttlMs: 60_000, attempt: 1 },
  downloadMedia: {
    media: 'media_Q2hhbmdlIG1lIG5vdyEhIQ',
    mimetype: 'image/jpeg',
    bytes: 48_213,
    sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    expiresAt: '2026-11-22T09:51:47.358Z'
  },
  onWhatsApp: [{ jid: PERSON, exists: true, asked: '+49 1511 2345678', lid: '900015550000001@lid' }],
  fetchStatus: [{ id: PERSON, status: { status: 'At work', setAt: AT } }],
  fetchDisappearingDuration: [{ id: PERSON, disappearing_mode: { duration: 86_400, setAt: AT } }],
  profilePictureUrl: 'https://pps.whatsapp.net/v/t61.24694-24/picture.jpg',
  fetchBlocklist: [PERSON],
  createCallLink: 'https://call.whatsapp.com/voice/Abcdefghijklmnopqrstuv',
  groupFetchAllParticipating: { [GROUP]: { id: GROUP, subject: 'Team', participants: [{ id: PERSON, admin: 'admin' }] } },
  communityFetchAllParticipating: {
    [GROUP]: { id: GROUP, subject: 'Club', isCommunity: true, participants: [{ id: PERSON, admin: 'admin' }] }
  },
  groupParticipantsUpdate: MEMBERS,
  communityParticipantsUpdate: MEMBERS,
  groupRequestParticipantsUpdate: MEMBERS,
  communityRequestParticipantsUpdate: MEMBERS,
  fetchPrivacySettings: { last: 'contacts', online: 'match_last_seen', profile: 'all', readreceipts: 'all' },
  fetchAccountReachoutTimelock: { isActive: false },
  fetchNewChatMessageCap: { total_quota: 100, used_quota: 12, capping_status: 'NONE' },
  newsletterSubscribers: { subscribers: 42 },
  query: { tag: 'iq', attrs: { from: 's.whatsapp.net', id: '42.1', type: 'result' } },
  getCatalog: { products: [{ id: '4711', name: 'Tulips', price: 12_000, currency: 'EUR' }] },
  getCollections: { collections: [{ id: '1', name: 'Spring', products: [{ id: '4711', name: 'Tulips' }] }] },
  getOrderDetails: { price: { total: 12_000, currency: 'EUR' }, products: [{ id: '4711', name: 'Tulips' }] },
  productCreate: { id: '4711', name: 'Tulips', price: 12_000, currency: 'EUR' },
  productUpdate: { id: '4711', name: 'Tulips', price: 12_000, currency: 'EUR' }
};

/** Returns an example of a reply's `data`, for documents; `undefined` if the reply has none. */
export function replyExampleOf(method: CommandName): unknown {
  const row: CommandRow = COMMAND_CATALOG[method];
  if (row.target === 'registry' && !Object.hasOwn(GIVEN, method)) return SESSION;
  return Object.hasOwn(GIVEN, method) ? GIVEN[method] : exampleOfReply(method, method, commandReply(method, row.target));
}

interface ReplySchema {
  readonly type?: string | readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: unknown;
}

function exampleOfReply(method: CommandName, name: string, schema: JsonSchema): unknown {
  const { type, items, anyOf }: ReplySchema = schema;
  if (anyOf) return exampleOfReply(method, name, anyOf[0]!);
  const first = typeof type === 'string' ? type : type?.[0];
  if (first === 'array') return [exampleOfReply(method, name, items ?? {})];
  if (first === 'null') return undefined;
  if (first === 'boolean') return true;
  if (first === 'number') return name === 'newsletterAdminCount' ? 2 : 1;
  if (first !== 'object') return exampleText(method, name);
  const fields = schemaFields(schema);
  const shown = Object.keys(fields).filter(field => requiredOf(schema).includes(field) || field === 'subject' || field === 'name');
  return Object.fromEntries(shown.map(field => [field, exampleOfReply(method, field, fields[field]!)]));
}

function exampleText(method: CommandName, name: string): string {
  if (/Invite/.test(name) && !name.startsWith('group') && !name.startsWith('community')) return 'Abcdefghijklmnopqrstuv';
  if (/AcceptInvite|communityJid/.test(name)) return GROUP;
  if (/InviteCode|RevokeInvite/.test(name)) return 'Abcdefghijklmnopqrstuv';
  if (name === 'subject' || name === 'name') return method.startsWith('newsletter') ? 'News' : 'Team';
  if (name === 'id')
    return method.startsWith('newsletter') ? CHANNEL : method.includes('roup') || method.startsWith('comm') ? GROUP : KEY.id;
  if (name === 'jid') return PERSON;
  if (name === 'duration') return '86400';
  return KEY.id;
}
