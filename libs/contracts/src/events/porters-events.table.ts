import type { EventName } from './event-catalog.js';

type Ours = readonly EventName[];

const CONNECTION: Ours = ['session.status', 'connection.update'];
const MEMBERS: Ours = ['group-participants.update'];

/**
 * Events of whatsapp-web.js, WPPConnect, Venom, WAHA, the Evolution API and earlier versions of Baileys whose names do not resemble those of Wabus, each with
 * its replacements. The names are in plain form: lower-case letters only.
 */
export const EVENTS_ELSEWHERE: Readonly<Record<string, Ours>> = {
  // whatsapp-web.js
  qr: ['auth.qr'],
  code: ['auth.pairing-code'],
  ready: CONNECTION,
  authenticated: CONNECTION,
  authfailure: CONNECTION,
  disconnected: CONNECTION,
  changestate: CONNECTION,
  loadingscreen: CONNECTION,
  remotesessionsaved: ['creds.update'],
  message: ['messages.upsert'],
  messagecreate: ['messages.upsert'],
  messageack: ['message.progress', 'messages.update'],
  messageedit: ['messages.update'],
  messagerevokeeveryone: ['messages.update'],
  messagerevokeme: ['messages.delete'],
  messagereaction: ['messages.reaction'],
  messageciphertext: ['message.unopened'],
  mediauploaded: ['message.progress'],
  voteupdate: ['message.poll-vote'],
  groupjoin: [...MEMBERS, 'groups.upsert'],
  groupleave: MEMBERS,
  groupadminchanged: MEMBERS,
  groupupdate: ['groups.update'],
  groupmembershiprequest: ['group.join-request'],
  chatarchived: ['chats.update'],
  unreadcount: ['chats.update'],
  chatremoved: ['chats.delete'],
  contactchanged: ['contacts.update', 'lid-mapping.update'],
  incomingcall: ['call'],
  // WPPConnect and Venom
  catchqr: ['auth.qr'],
  catchlinkcode: ['auth.pairing-code'],
  statusfind: CONNECTION,
  onstatechange: CONNECTION,
  onmessage: ['messages.upsert'],
  onanymessage: ['messages.upsert'],
  onselfmessage: ['messages.upsert'],
  onack: ['message.progress', 'messages.update'],
  onmessageedit: ['messages.update'],
  onrevokedmessage: ['messages.update'],
  onreactionmessage: ['messages.reaction'],
  onpollresponse: ['message.poll-vote'],
  onpresencechanged: ['presence.update'],
  onparticipantschanged: MEMBERS,
  onaddedtogroup: ['groups.upsert'],
  onincomingcall: ['call'],
  onupdatelabel: ['labels.edit', 'labels.association'],
  // WAHA
  messageany: ['messages.upsert'],
  messageackgroup: ['message-receipt.update'],
  messageedited: ['messages.update'],
  messagerevoked: ['messages.update'],
  messagewaiting: ['messages.upsert'],
  statechange: CONNECTION,
  groupv2join: ['groups.upsert'],
  groupv2leave: MEMBERS,
  groupv2participants: MEMBERS,
  groupv2update: ['groups.update'],
  pollvote: ['message.poll-vote'],
  pollvotefailed: ['message.unopened'],
  eventresponse: ['messages.update'],
  eventresponsefailed: ['message.unopened'],
  chatarchive: ['chats.update'],
  callreceived: ['call'],
  callaccepted: ['call'],
  callrejected: ['call'],
  labelupsert: ['labels.edit'],
  labeldeleted: ['labels.edit'],
  labelchatadded: ['labels.association'],
  labelchatdeleted: ['labels.association'],
  // Evolution API
  qrcode: ['auth.qr'],
  qrcodeupdated: ['auth.qr'],
  sendmessage: ['messages.upsert', 'message.progress'],
  sendmessageupdate: ['messages.update'],
  messagesedited: ['messages.update'],
  logoutinstance: CONNECTION,
  removeinstance: CONNECTION,
  statusinstance: CONNECTION,
  // Baileys before 7
  messagesset: ['messaging-history.set'],
  chatsset: ['messaging-history.set'],
  contactsset: ['messaging-history.set'],
  presence: ['presence.update']
};
