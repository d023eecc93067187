import type { EventName } from '@wabus/contracts';
import { projectChatDeletions, projectChatHistory, projectChatLock, projectChatUpdates, projectChats } from './chat-events.policy.js';
import { projectContactHistory, projectContacts, projectMapping } from './contact-events.policy.js';
import { Draft, type Snapshot } from './draft.state.js';
import { projectGroups, projectMemberTag, projectParticipants } from './group-events.policy.js';
import { projectLabel, projectLabelling } from './label-events.policy.js';
import { projectMessageUpdates, projectReactions, projectReceipts } from './message-changes.policy.js';
import { projectMessageDeletions, projectMessageHistory, projectMessages } from './message-events.policy.js';
import type { ModelKey, ModelRecord, ProjectedEvent } from './model.types.js';
import { projectPollVote } from './poll-votes.policy.js';
import { field, objectsIn } from './payload.codec.js';

export type Projection = (draft: Draft, payload: unknown) => void;

/** The effect of each event on the models. Events that are not listed have none. */
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
  'message.poll-vote': projectPollVote,
  'groups.upsert': projectGroups,
  'groups.update': projectGroups,
  'group-participants.update': projectParticipants,
  'group.member-tag.update': projectMemberTag,
  'labels.edit': projectLabel,
  'labels.association': projectLabelling
};

export const PROJECTED_EVENTS = Object.keys(PROJECTIONS) as EventName[];

/** Mappings come first, because they show to whom the other chats and contacts belong. */
function projectHistory(draft: Draft, payload: unknown): void {
  for (const mapping of objectsIn(field(payload, 'lidPnMappings'))) projectMapping(draft, mapping);
  projectContactHistory(draft, field(payload, 'contacts'));
  projectChatHistory(draft, field(payload, 'chats'));
  projectMessageHistory(draft, field(payload, 'messages'));
}

/** The effect of one event on the records: either more records must be read first, or these records change (`null`: are removed). */
export type Outcome =
  | { readonly kind: 'missing'; readonly keys: ReadonlySet<ModelKey> }
  | { readonly kind: 'changes'; readonly changes: ReadonlyMap<ModelKey, ModelRecord | null> };

/**
 * Folds one event into the records of its session. Pure: the caller reads the missing records and calls again, at most a few times. A
 * record that already includes the event is unchanged, so an event may be projected twice.
 */
export function project(event: ProjectedEvent, snapshot: Snapshot): Outcome {
  const draft = new Draft(event, snapshot);
  PROJECTIONS[event.event]?.(draft, event.payload);
  return draft.missing.size > 0 ? { kind: 'missing', keys: draft.missing } : { kind: 'changes', changes: draft.changes };
}
