import type { WASocket } from '@whiskeysockets/baileys';
import type { RecipientResolver } from '../addressing/recipient.resolver.js';
import { requestHistory, type HistoryRequest } from '../history/history-request.js';
import { socketArguments } from '../sending/socket-call.policy.js';
import { updateAboutText } from './about-text.js';
import { fetchAboutTexts } from './about-texts.js';
import { updateBlockStatus } from './block-status.js';
import { channelMetadata, reactToPost } from './channels.js';
import { describeGroup } from './group-metadata.js';
import { createCommunityGroup, createGroup, updateCommunityMembers, updateGroupMembers } from './group-members.js';
import { modifyChat, starMessages } from './message-marks.js';
import { pictureUrl } from './profile-picture.js';
import type { OwnCommands } from './socket-command.dispatcher.js';

/** Returns the commands for which WhatsApp now expects a form other than the one that Baileys sends. */
export function ownCommands(socket: WASocket, recipients: Pick<RecipientResolver, 'known'>): OwnCommands {
  return {
    fetchMessageHistory: async ({ request }) => {
      const [count, oldest, timestamp] = socketArguments('fetchMessageHistory', request) as HistoryRequest;
      // The phone stores the chat under the jid that the account addresses.
      const remoteJid = oldest.remoteJid ? await recipients.known(oldest.remoteJid) : oldest.remoteJid;
      return requestHistory(socket, [count, { ...oldest, remoteJid }, timestamp]);
    },
    fetchStatus: ({ request }) => fetchAboutTexts(socket, request),
    updateProfileStatus: ({ request }) => updateAboutText(socket, request),
    profilePictureUrl: ({ request }) => pictureUrl(socket, request),
    updateBlockStatus: ({ request }) => updateBlockStatus(socket, request),
    star: ({ request }) => starMessages(socket, request),
    chatModify: ({ request }) => modifyChat(socket, request),
    groupMetadata: ({ request }) => describeGroup(socket, request),
    groupCreate: ({ request }) => createGroup(socket, request),
    groupParticipantsUpdate: ({ request }) => updateGroupMembers(socket, request),
    communityCreateGroup: ({ request }) => createCommunityGroup(socket, request),
    communityParticipantsUpdate: ({ request }) => updateCommunityMembers(socket, request),
    newsletterMetadata: ({ request }) => channelMetadata(socket, request),
    newsletterReactMessage: ({ request }) => reactToPost(socket, request)
  };
}
