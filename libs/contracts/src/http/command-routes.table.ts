import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import { MESSAGE_FORMS, type RouteForm } from './message-route-forms.js';

export type HttpVerb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A resource route of a session and the command that it runs. Controllers, the OpenAPI document and the reference of commands derive from these rows. */
export interface CommandRoute {
  readonly verb: HttpVerb;
  /** The path below `/api/sessions/{session}/`. A part in braces is the argument of the same name, unless `parts` names another. */
  readonly path: string;
  readonly command: CommandName;
  /** The arguments of path parts that have a different name. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Arguments with a fixed value. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** The name of the argument that is the whole body. */
  readonly bodyIs?: string;
  /** The row applies if the body has exactly this field, whose value becomes the argument `as`. It distinguishes rows with the same address. */
  readonly field?: { readonly name: string; readonly as: string };
  /** The form of the request, if it differs from the arguments of the command. */
  readonly form?: RouteForm;
  /** What the route does, if the command can do more. */
  readonly meaning?: string;
}

type Extras = Omit<CommandRoute, 'verb' | 'path' | 'command'>;

const row = (verb: HttpVerb, path: string, command: CommandName, extras: Extras = {}): CommandRoute => ({ verb, path, command, ...extras });

/** Creates the row of a PATCH that makes one change at a time: `{field: value}`. */
const change = (path: string, command: CommandName, name: string, { as = name, ...extras }: Extras & { as?: string } = {}): CommandRoute =>
  row('PATCH', path, command, { field: { name, as }, ...extras });

const SESSION: readonly CommandRoute[] = [
  row('GET', '', 'getSession'),
  row('DELETE', '', 'deleteSession'),
  row('POST', 'start', 'startSession'),
  row('POST', 'stop', 'stopSession'),
  row('POST', 'restart', 'restartSession'),
  row('POST', 'logout', 'logoutSession'),
  row('POST', 'restore', 'restoreSession'),
  row('POST', 'pairing-code', 'requestPairingCode'),
  row('GET', 'passkey', 'getPasskey'),
  row('POST', 'passkey', 'submitPasskeyAssertion'),
  row('POST', 'passkey/confirm', 'confirmPasskey'),
  row('DELETE', 'passkey', 'cancelPasskey')
];

const MESSAGES: readonly CommandRoute[] = [
  row('POST', 'messages', 'sendMessage'),
  row('POST', 'messages/read', 'readMessages'),
  row('POST', 'messages/star', 'star'),
  row('POST', 'messages/receipts', 'sendReceipts'),
  row('POST', 'messages/history', 'fetchMessageHistory'),
  row('POST', 'messages/resend', 'requestPlaceholderResend'),
  row('POST', 'messages/media', 'updateMediaMessage')
];

/** The path of a single message. */
const MESSAGE = 'chats/{jid}/messages/{messageId}';

const SINGLE_MESSAGES: readonly CommandRoute[] = [
  row('POST', 'chats/{jid}/messages', 'sendMessage'),
  row('POST', 'chats/{jid}/messages/forward', 'sendMessage', { form: MESSAGE_FORMS.forward, meaning: 'Forwards a message to this chat.' }),
  row('PATCH', MESSAGE, 'sendMessage', { form: MESSAGE_FORMS.edit, meaning: 'Changes the text of a message that the account sent.' }),
  row('DELETE', MESSAGE, 'sendMessage', { form: MESSAGE_FORMS.revoke, meaning: 'Deletes a message for everybody.' }),
  row('PUT', `${MESSAGE}/reaction`, 'sendMessage', { form: MESSAGE_FORMS.react, meaning: 'Reacts to a message.' }),
  row('DELETE', `${MESSAGE}/reaction`, 'sendMessage', { form: MESSAGE_FORMS.unreact, meaning: "Removes the account's reaction." }),
  row('PUT', `${MESSAGE}/pin`, 'sendMessage', { form: MESSAGE_FORMS.pin, meaning: 'Pins a message for everybody in the chat.' }),
  row('DELETE', `${MESSAGE}/pin`, 'sendMessage', { form: MESSAGE_FORMS.unpin, meaning: 'Unpins a message.' }),
  row('PUT', `${MESSAGE}/star`, 'star', { form: MESSAGE_FORMS.star, meaning: 'Stars a message.' }),
  row('DELETE', `${MESSAGE}/star`, 'star', { form: MESSAGE_FORMS.unstar, meaning: 'Unstars a message.' }),
  row('POST', `${MESSAGE}/read`, 'readMessages', { form: MESSAGE_FORMS.read, meaning: 'Marks a message as read.' })
];

const CHATS: readonly CommandRoute[] = [
  ...SINGLE_MESSAGES,
  row('PATCH', 'chats/{jid}', 'chatModify', { bodyIs: 'modification' }),
  row('PUT', 'chats/{jid}/picture', 'updateProfilePicture'),
  row('DELETE', 'chats/{jid}/picture', 'removeProfilePicture'),
  row('PUT', 'chats/{jid}/presence', 'sendPresenceUpdate', { parts: { jid: 'toJid' } }),
  row('POST', 'chats/{jid}/presence/subscribe', 'presenceSubscribe', { parts: { jid: 'toJid' } }),
  row('PUT', 'chats/{jid}/labels/{labelId}', 'addChatLabel'),
  row('DELETE', 'chats/{jid}/labels/{labelId}', 'removeChatLabel'),
  row('PUT', 'chats/{jid}/messages/{messageId}/labels/{labelId}', 'addMessageLabel'),
  row('DELETE', 'chats/{jid}/messages/{messageId}/labels/{labelId}', 'removeMessageLabel'),
  row('PUT', 'presence', 'sendPresenceUpdate')
];

const CONTACTS: readonly CommandRoute[] = [
  row('GET', 'contacts/check', 'onWhatsApp'),
  row('PUT', 'contacts/{jid}', 'addOrEditContact', { bodyIs: 'contact' }),
  row('DELETE', 'contacts/{jid}', 'removeContact'),
  row('PUT', 'contacts/{jid}/block', 'updateBlockStatus', { fixed: { action: 'block' } }),
  row('DELETE', 'contacts/{jid}/block', 'updateBlockStatus', { fixed: { action: 'unblock' } }),
  row('GET', 'contacts/{jid}/picture', 'profilePictureUrl'),
  row('GET', 'contacts/{jid}/status', 'fetchStatus', { parts: { jid: 'jids' } }),
  row('GET', 'contacts/{jid}/disappearing', 'fetchDisappearingDuration', { parts: { jid: 'jids' } }),
  row('GET', 'contacts/{jid}/business', 'getBusinessProfile'),
  row('GET', 'blocklist', 'fetchBlocklist')
];

const ACCOUNT: readonly CommandRoute[] = [
  change('profile', 'updateProfileName', 'name'),
  change('profile', 'updateProfileStatus', 'status'),
  row('PUT', 'profile/about', 'updateProfileStatus', { meaning: 'Changes the about text, with an optional emoji and expiration.' }),
  row('GET', 'privacy', 'fetchPrivacySettings'),
  change('privacy', 'updateLastSeenPrivacy', 'lastSeen', { as: 'value' }),
  change('privacy', 'updateOnlinePrivacy', 'online', { as: 'value' }),
  change('privacy', 'updateProfilePicturePrivacy', 'profilePicture', { as: 'value' }),
  change('privacy', 'updateStatusPrivacy', 'status', { as: 'value' }),
  change('privacy', 'updateReadReceiptsPrivacy', 'readReceipts', { as: 'value' }),
  change('privacy', 'updateGroupsAddPrivacy', 'groupsAdd', { as: 'value' }),
  change('privacy', 'updateCallPrivacy', 'calls', { as: 'value' }),
  change('privacy', 'updateMessagesPrivacy', 'messages', { as: 'value' }),
  change('privacy', 'updateDisableLinkPreviewsPrivacy', 'linkPreviewsDisabled', { as: 'isPreviewsDisabled' }),
  change('privacy', 'updateDefaultDisappearingMode', 'disappearingSeconds', { as: 'duration' }),
  row('GET', 'account/reachout-timelock', 'fetchAccountReachoutTimelock'),
  row('GET', 'account/new-chat-cap', 'fetchNewChatMessageCap'),
  row('POST', 'labels', 'addLabel'),
  row('POST', 'quick-replies', 'addOrEditQuickReply', { bodyIs: 'quickReply' }),
  row('DELETE', 'quick-replies/{timestamp}', 'removeQuickReply')
];

const GROUPS: readonly CommandRoute[] = [
  row('GET', 'groups', 'groupFetchAllParticipating'),
  row('POST', 'groups', 'groupCreate'),
  row('GET', 'groups/{jid}', 'groupMetadata'),
  row('DELETE', 'groups/{jid}', 'groupLeave', { parts: { jid: 'id' } }),
  change('groups/{jid}', 'groupUpdateSubject', 'subject'),
  change('groups/{jid}', 'groupUpdateDescription', 'description'),
  change('groups/{jid}', 'groupSettingUpdate', 'setting'),
  change('groups/{jid}', 'groupToggleEphemeral', 'ephemeralExpiration'),
  change('groups/{jid}', 'groupMemberAddMode', 'memberAddMode', { as: 'mode' }),
  change('groups/{jid}', 'groupJoinApprovalMode', 'joinApprovalMode', { as: 'mode' }),
  change('groups/{jid}', 'updateMemberLabel', 'memberLabel'),
  row('POST', 'groups/{jid}/participants', 'groupParticipantsUpdate'),
  row('GET', 'groups/{jid}/join-requests', 'groupRequestParticipantsList'),
  row('POST', 'groups/{jid}/join-requests', 'groupRequestParticipantsUpdate'),
  row('GET', 'groups/{jid}/invite-code', 'groupInviteCode'),
  row('DELETE', 'groups/{jid}/invite-code', 'groupRevokeInvite'),
  row('DELETE', 'groups/{jid}/invites/{invitedJid}', 'groupRevokeInviteV4', { parts: { jid: 'groupJid' } }),
  row('GET', 'group-invites/{code}', 'groupGetInviteInfo'),
  row('POST', 'group-invites/{code}/accept', 'groupAcceptInvite'),
  row('POST', 'group-invites', 'groupAcceptInviteV4')
];

const COMMUNITIES: readonly CommandRoute[] = [
  row('GET', 'communities', 'communityFetchAllParticipating'),
  row('POST', 'communities', 'communityCreate'),
  row('GET', 'communities/{jid}', 'communityMetadata'),
  row('DELETE', 'communities/{jid}', 'communityLeave', { parts: { jid: 'id' } }),
  change('communities/{jid}', 'communityUpdateSubject', 'subject'),
  change('communities/{jid}', 'communityUpdateDescription', 'description'),
  change('communities/{jid}', 'communitySettingUpdate', 'setting'),
  change('communities/{jid}', 'communityToggleEphemeral', 'ephemeralExpiration'),
  change('communities/{jid}', 'communityMemberAddMode', 'memberAddMode', { as: 'mode' }),
  change('communities/{jid}', 'communityJoinApprovalMode', 'joinApprovalMode', { as: 'mode' }),
  row('POST', 'communities/{jid}/participants', 'communityParticipantsUpdate'),
  row('GET', 'communities/{jid}/join-requests', 'communityRequestParticipantsList'),
  row('POST', 'communities/{jid}/join-requests', 'communityRequestParticipantsUpdate'),
  row('GET', 'communities/{jid}/groups', 'communityFetchLinkedGroups'),
  row('POST', 'communities/{jid}/groups', 'communityCreateGroup', { parts: { jid: 'parentCommunityJid' } }),
  row('PUT', 'communities/{jid}/groups/{groupJid}', 'communityLinkGroup', { parts: { jid: 'parentCommunityJid' } }),
  row('DELETE', 'communities/{jid}/groups/{groupJid}', 'communityUnlinkGroup', { parts: { jid: 'parentCommunityJid' } }),
  row('GET', 'communities/{jid}/invite-code', 'communityInviteCode'),
  row('DELETE', 'communities/{jid}/invite-code', 'communityRevokeInvite'),
  row('DELETE', 'communities/{jid}/invites/{invitedJid}', 'communityRevokeInviteV4', { parts: { jid: 'communityJid' } }),
  row('GET', 'community-invites/{code}', 'communityGetInviteInfo'),
  row('POST', 'community-invites/{code}/accept', 'communityAcceptInvite'),
  row('POST', 'community-invites', 'communityAcceptInviteV4')
];

const NEWSLETTERS: readonly CommandRoute[] = [
  row('POST', 'newsletters', 'newsletterCreate'),
  row('GET', 'newsletters/{jid}', 'newsletterMetadata', { parts: { jid: 'key' }, fixed: { type: 'jid' } }),
  row('GET', 'newsletter-invites/{code}', 'newsletterMetadata', { parts: { code: 'key' }, fixed: { type: 'invite' } }),
  row('DELETE', 'newsletters/{jid}', 'newsletterDelete'),
  change('newsletters/{jid}', 'newsletterUpdateName', 'name'),
  change('newsletters/{jid}', 'newsletterUpdateDescription', 'description'),
  row('PUT', 'newsletters/{jid}/picture', 'newsletterUpdatePicture'),
  row('DELETE', 'newsletters/{jid}/picture', 'newsletterRemovePicture'),
  row('PUT', 'newsletters/{jid}/follow', 'newsletterFollow'),
  row('DELETE', 'newsletters/{jid}/follow', 'newsletterUnfollow'),
  row('PUT', 'newsletters/{jid}/mute', 'newsletterMute'),
  row('DELETE', 'newsletters/{jid}/mute', 'newsletterUnmute'),
  row('POST', 'newsletters/{jid}/subscribe', 'subscribeNewsletterUpdates'),
  row('GET', 'newsletters/{jid}/subscribers', 'newsletterSubscribers'),
  row('GET', 'newsletters/{jid}/messages', 'newsletterFetchMessages'),
  row('PUT', 'newsletters/{jid}/messages/{serverId}/reaction', 'newsletterReactMessage'),
  row('GET', 'newsletters/{jid}/admins/count', 'newsletterAdminCount'),
  row('DELETE', 'newsletters/{jid}/admins/{userJid}', 'newsletterDemote'),
  row('PUT', 'newsletters/{jid}/owner', 'newsletterChangeOwner')
];

const BUSINESS: readonly CommandRoute[] = [
  row('PATCH', 'business/profile', 'updateBussinesProfile', { bodyIs: 'args' }),
  row('DELETE', 'business/cover-photos/{id}', 'removeCoverPhoto'),
  row('GET', 'business/catalog', 'getCatalog'),
  row('GET', 'business/collections', 'getCollections'),
  row('GET', 'business/orders/{orderId}', 'getOrderDetails'),
  row('PUT', 'business/cover-photo', 'updateCoverPhoto'),
  row('POST', 'business/products', 'productCreate', { bodyIs: 'create' }),
  row('PUT', 'business/products/{productId}', 'productUpdate', { bodyIs: 'update' }),
  row('DELETE', 'business/products', 'productDelete'),
  row('GET', 'bots', 'getBotListV2')
];

const CALLS: readonly CommandRoute[] = [row('POST', 'calls/{callId}/reject', 'rejectCall'), row('POST', 'call-links', 'createCallLink')];

/** All resource routes that run a command. */
export const COMMAND_ROUTES: readonly CommandRoute[] = [
  ...SESSION,
  ...MESSAGES,
  ...CHATS,
  ...CONTACTS,
  ...ACCOUNT,
  ...GROUPS,
  ...COMMUNITIES,
  ...NEWSLETTERS,
  ...BUSINESS,
  ...CALLS
];

/** Returns the full path of a route, with its parts in braces. */
export function commandRoutePath({ path }: CommandRoute): string {
  return ['/api/sessions/{session}', path].filter(part => part !== '').join('/');
}

/** Returns the argument of each path part, by the name of the part. */
export function partsOf({ path, parts = {} }: CommandRoute): Record<string, string> {
  return Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, parts[name!] ?? name!]));
}

/** Whether the arguments that are not in the path are in a JSON body. Otherwise they are in the query. */
export function hasBody({ verb }: CommandRoute): boolean {
  return verb !== 'GET' && verb !== 'DELETE';
}

/** Returns the rows grouped by address, which is the verb and the path. */
export function routesByAddress(): CommandRoute[][] {
  const addresses = new Map<string, CommandRoute[]>();
  for (const route of COMMAND_ROUTES) {
    const address = `${route.verb} ${route.path}`;
    addresses.set(address, [...(addresses.get(address) ?? []), route]);
  }
  return [...addresses.values()];
}

/** Returns the class of the request: that of the route's form, if it has one, otherwise that of the command. */
export function requestOfRoute({ command, form }: CommandRoute): new () => object {
  return form?.request ?? COMMAND_CATALOG[command].request;
}
