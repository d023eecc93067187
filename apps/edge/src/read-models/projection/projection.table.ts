import type { EventName } from '@wabus/contracts';
import { projectMapping } from './alias-events.policy.js';
import { projectChatDeletions, projectChatHistory, projectChatLock, projectChats, projectChatUpdates } from './chat-events.policy.js';
import { projectContactHistory, projectContacts } from './contact-events.policy.js';
import type { Draft } from './draft.state.js';
import { projectGroups, projectMemberTag, projectParticipants } from './group-events.policy.js';
import { projectLabel, projectLabelling } from './label-events.policy.js';
import { projectMessageUpdates, projectReactions, projectReceipts } from './message-changes.policy.js';
import { projectMessageDeletions, projectMessageHistory, projectMessages } from './message-events.policy.js';
import { field, objectsIn } from './payload.codec.js';

export type Projection = (draft: Draft, payload: unknown) => void;

/** What each event means to the models; one that is not named here means nothing to them. */
export const PROJECTIONS: Readonly<Partial<Record<EventName, Projection>>> = {
  'messaging-history.set': projectHistory,
  'chats.upsert': projectChats,
  'chats.update': projectChatUpdates,
  'chats.delete': projectChatDeletions,
  'chats.lock': projectChatLock,
  'lid-mapping.update': projectMapping,
  'contacts.upsert': projectContacts,
  'contacts.update': projectContacts,
  'messages.upsert': projectMessages,
  'messages.update': projectMessageUpdates,
  'messages.delete': projectMessageDeletions,
  'messages.reaction': projectReactions,
  'message-receipt.update': projectReceipts,
  'groups.upsert': projectGroups,
  'groups.update': projectGroups,
  'group-participants.update': projectParticipants,
  'group.member-tag.update': projectMemberTag,
  'labels.edit': projectLabel,
  'labels.association': projectLabelling
};

export const PROJECTED_EVENTS = Object.keys(PROJECTIONS) as EventName[];

/** Mappings first: they say whose chats and contacts the others are. */
function projectHistory(draft: Draft, payload: unknown): void {
  for (const mapping of objectsIn(field(payload, 'lidPnMappings'))) projectMapping(draft, mapping);
  projectContactHistory(draft, field(payload, 'contacts'));
  projectChatHistory(draft, field(payload, 'chats'));
  projectMessageHistory(draft, field(payload, 'messages'));
}
