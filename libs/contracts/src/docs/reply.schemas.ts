import type { CommandName, SocketCommand } from '../commands/command-catalog.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';

type Fields = Readonly<Record<string, JsonSchema>>;

const TEXT: JsonSchema = { type: 'string' };
const NUMBER: JsonSchema = { type: 'number' };
const FLAG: JsonSchema = { type: 'boolean' };
const OBJECT: JsonSchema = { type: 'object' };
const NOTHING: JsonSchema = { type: 'null', description: 'The command returns nothing: `data` is missing.' };
const MAYBE_OBJECT: JsonSchema = { type: ['object', 'null'] };

const named = (description: string, schema: JsonSchema): JsonSchema => ({ ...schema, description });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
/** Returns the schema of an object with at least these fields. WhatsApp may add others. */
const fields = (properties: Fields, required: readonly string[] = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required: [...required]
});
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

const KEY = fields(
  { remoteJid: TEXT, fromMe: FLAG, id: TEXT, participant: TEXT, remoteJidAlt: TEXT, participantAlt: TEXT, addressingMode: TEXT },
  ['remoteJid', 'fromMe']
);
const MEMBER = fields({ id: TEXT, phoneNumber: TEXT, lid: TEXT, admin: { type: ['string', 'null'] } }, ['id']);
const GROUP = fields(
  {
    ...{ id: TEXT, subject: TEXT, subjectOwner: TEXT, subjectTime: NUMBER, owner: TEXT, ownerPn: TEXT, creation: NUMBER, size: NUMBER },
    ...{ desc: TEXT, descId: TEXT, descOwner: TEXT, announce: FLAG, restrict: FLAG, joinApprovalMode: FLAG, memberAddMode: FLAG },
    ...{
      isCommunity: FLAG,
      isCommunityAnnounce: FLAG,
      linkedParent: TEXT,
      ephemeralDuration: NUMBER,
      addressingMode: TEXT,
      suspended: FLAG
    },
    participants: list(MEMBER)
  },
  ['id', 'participants']
);
const CHANGED_MEMBERS = list(fields({ jid: TEXT, status: TEXT }, ['status']));
const NODE = fields({ tag: TEXT, attrs: { type: 'object', additionalProperties: TEXT }, content: {} }, ['tag', 'attrs']);
const CHANNEL = fields({ id: TEXT, name: TEXT, description: TEXT, invite: TEXT, creation_time: NUMBER, subscribers: NUMBER }, ['id']);
const PRODUCT = fields({ id: TEXT, name: TEXT, description: TEXT, price: NUMBER, currency: TEXT, isHidden: FLAG }, []);
const PASSKEY = fields(
  {
    ...{ stage: { type: ['string', 'null'] }, requestedAt: TEXT, expiresAt: { type: ['string', 'null'] } },
    ...{ code: { type: ['string', 'null'] }, compare: FLAG, error: { type: ['object', 'null'] }, options: { type: ['object', 'null'] } },
    url: { type: ['string', 'null'] }
  },
  ['stage', 'requestedAt', 'expiresAt', 'code', 'compare', 'error']
);

/** The replies of socket methods that return something; the other methods return nothing. `socket-commands.int.spec.ts` compares them with real replies. */
const SOCKET: Partial<Record<SocketCommand, JsonSchema>> = {
  fetchMessageHistory: named('Id of the request.', TEXT),
  requestPlaceholderResend: named('Id of the request, or `RESOLVED`.', TEXT),
  onWhatsApp: list(fields({ jid: TEXT, exists: FLAG, asked: TEXT, lid: { type: ['string', 'null'] } }, ['exists'])),
  fetchStatus: list(OBJECT),
  fetchDisappearingDuration: list(OBJECT),
  profilePictureUrl: {
    type: ['string', 'null'],
    description: 'The address; `null` if there is no picture, or none that this account may see.'
  },
  fetchBlocklist: list(TEXT),
  createCallLink: TEXT,
  groupCreate: GROUP,
  groupMetadata: GROUP,
  groupFetchAllParticipating: named('By the jid of the group.', { type: 'object', additionalProperties: GROUP }),
  groupParticipantsUpdate: CHANGED_MEMBERS,
  groupRequestParticipantsList: list({ type: 'object', additionalProperties: TEXT }),
  groupRequestParticipantsUpdate: CHANGED_MEMBERS,
  groupInviteCode: TEXT,
  groupGetInviteInfo: GROUP,
  groupAcceptInvite: named('Jid of the group.', TEXT),
  groupRevokeInvite: named('The new code.', TEXT),
  groupRevokeInviteV4: FLAG,
  groupAcceptInviteV4: { type: ['string', 'null'] },
  updateMemberLabel: { type: ['string', 'null'] },
  communityCreate: GROUP,
  communityCreateGroup: GROUP,
  communityFetchLinkedGroups: fields({ communityJid: TEXT, isCommunity: FLAG, linkedGroups: list(OBJECT) }, ['linkedGroups']),
  communityMetadata: GROUP,
  communityFetchAllParticipating: { type: 'object', additionalProperties: GROUP },
  communityParticipantsUpdate: CHANGED_MEMBERS,
  communityRequestParticipantsList: list({ type: 'object', additionalProperties: TEXT }),
  communityRequestParticipantsUpdate: CHANGED_MEMBERS,
  communityInviteCode: TEXT,
  communityGetInviteInfo: GROUP,
  communityAcceptInvite: TEXT,
  communityRevokeInvite: TEXT,
  communityRevokeInviteV4: FLAG,
  communityAcceptInviteV4: { type: ['string', 'null'] },
  updateProfileStatus: named('How long the text is shown.', fields({ durationSeconds: NUMBER })),
  fetchPrivacySettings: { type: 'object', additionalProperties: TEXT },
  fetchAccountReachoutTimelock: OBJECT,
  fetchNewChatMessageCap: OBJECT,
  newsletterCreate: CHANNEL,
  newsletterMetadata: orNull(CHANNEL),
  newsletterSubscribers: fields({ subscribers: NUMBER }),
  newsletterFollow: MAYBE_OBJECT,
  newsletterUnfollow: MAYBE_OBJECT,
  newsletterMute: MAYBE_OBJECT,
  newsletterUnmute: MAYBE_OBJECT,
  newsletterUpdate: MAYBE_OBJECT,
  newsletterUpdateName: MAYBE_OBJECT,
  newsletterUpdateDescription: MAYBE_OBJECT,
  newsletterUpdatePicture: MAYBE_OBJECT,
  newsletterRemovePicture: MAYBE_OBJECT,
  newsletterFetchMessages: NODE,
  subscribeNewsletterUpdates: orNull(fields({ duration: TEXT })),
  newsletterAdminCount: NUMBER,
  newsletterDemote: NOTHING,
  newsletterChangeOwner: NOTHING,
  getBusinessProfile: MAYBE_OBJECT,
  updateBussinesProfile: NODE,
  removeCoverPhoto: NODE,
  updateCoverPhoto: { type: ['string', 'number', 'null'], description: 'Id of the picture.' },
  getCatalog: fields({ products: list(PRODUCT), nextPageCursor: TEXT }, ['products']),
  getCollections: fields({ collections: list(fields({ id: TEXT, name: TEXT, products: list(PRODUCT) }, ['id'])) }),
  getOrderDetails: fields({ price: fields({ total: NUMBER, currency: TEXT }), products: list(PRODUCT) }),
  productCreate: PRODUCT,
  productUpdate: PRODUCT,
  productDelete: fields({ deleted: NUMBER }),
  getBotListV2: list(fields({ jid: TEXT, personaId: TEXT })),
  query: NODE,
  updateMediaMessage: fields({ key: KEY, message: OBJECT }),
  relayMessage: named('Id of the message.', TEXT)
};

/** The replies of commands that Wabus itself runs. */
const OWN: Partial<Record<CommandName, JsonSchema>> = {
  sendMessage: fields({ key: KEY, messageTimestamp: { type: ['number', 'null'] }, lidReplaced: FLAG, leftOut: list(TEXT) }, [
    'key',
    'messageTimestamp'
  ]),
  requestPairingCode: fields({ code: TEXT, at: TEXT }),
  getPasskey: PASSKEY,
  submitPasskeyAssertion: PASSKEY,
  confirmPasskey: PASSKEY,
  cancelPasskey: PASSKEY,
  restoreSession: fields({ snapshotAt: TEXT }),
  getQr: fields({ format: TEXT, qr: TEXT, ttlMs: NUMBER, attempt: NUMBER }),
  downloadMedia: fields({ media: TEXT, mimetype: TEXT, bytes: NUMBER, sha256: TEXT, expiresAt: TEXT, fileName: TEXT }, [
    ...['media', 'mimetype', 'bytes', 'sha256', 'expiresAt']
  ])
};

/** Returns the schema of a command's reply, for any target. */
export function commandReply(method: CommandName, target: 'socket' | 'owner' | 'registry'): JsonSchema {
  const own = OWN[method];
  if (own) return own;
  if (target === 'registry') return schemaRef('SessionView');
  return target === 'socket' ? (SOCKET[method as SocketCommand] ?? NOTHING) : OBJECT;
}
