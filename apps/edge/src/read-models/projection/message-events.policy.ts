import { contentText, isChange } from '@wabus/contracts';
import { isFromMe, personOf } from './authority.policy.js';
import { clearChat, touchChat } from './chat-events.policy.js';
import { joinPerson } from './contact-events.policy.js';
import type { Draft } from './draft.state.js';
import { MAX_MESSAGE_CHARS, REVOKED, senderOf } from './message-changes.policy.js';
import { chatOf, placesOf } from './message-facts.policy.js';
import { messageKey } from './model-key.codec.js';
import type { Json, MessageFacts, ModelRecord } from './model.types.js';
import { votesBroughtAlong } from './poll-votes.policy.js';
import { field, isObject, numberOf, objectsIn, textOf } from './payload.codec.js';

/** `messages.upsert`. */
export function projectMessages(draft: Draft, payload: unknown): void {
  for (const message of objectsIn(field(payload, 'messages'))) putMessage(draft, message, true);
}

/** Messages of the history, which are older than the current state of their chat. */
export function projectMessageHistory(draft: Draft, payload: unknown): void {
  for (const message of objectsIn(payload)) putMessage(draft, message, false);
}

/** `messages.delete`: deletion for this account only. */
export function projectMessageDeletions(draft: Draft, payload: unknown): void {
  const jid = textOf(payload, 'jid');
  if (jid !== null && field(payload, 'all') === true) clearChat(draft, jid);
  for (const key of objectsIn(field(payload, 'keys'))) for (const at of placesOf(draft, key)) draft.remove(at);
}

function putMessage(draft: Draft, message: Json, isNews: boolean): void {
  const key = message['key'];
  const [{ jid, other }, id] = [chatOf(key), textOf(key, 'id')];
  if (jid === null || id === null) return;
  const chat = personOf(jid);
  joinPerson(draft, chat, other);
  joinPerson(draft, textOf(key, 'participant'), textOf(key, 'participantAlt'));
  const timestamp = numberOf(message, 'messageTimestamp') ?? secondsOf(draft.event.at);
  const at = placesOf(draft, key).find(place => draft.get(place) !== null) ?? messageKey(chat, isFromMe(key), id);
  const known = draft.get(at);
  const participant = textOf(key, 'participant');
  if (isChange(message['message'])) {
    // The placeholder that was stored while the message could not be decrypted.
    if (known !== null && replaces(draft, { known, message, participant })) draft.remove(at);
    return;
  }
  touchChat(draft, chat, { timestamp, revive: isNews });
  if (known !== null && !replaces(draft, { known, message, participant })) return;
  // All records have been requested, and the event will be projected again.
  if (draft.missing.size > 0) return;
  const omitted = JSON.stringify(message).length > MAX_MESSAGE_CHARS;
  draft.set(
    at,
    { kind: 'message', id },
    {
      timestamp,
      data: omitted ? { key } : message,
      message: {
        ...(known?.message ?? broughtAlong(draft, message)),
        chat,
        fromMe: isFromMe(key),
        participant: participant && personOf(participant),
        text: contentText(message['message']),
        omitted
      }
    }
  );
}

/**
 * Returns whether a message replaces the stored one, which is the case if its text could not be decrypted before. Otherwise the first one
 * remains: a later one is either the same, or from another sender who chose the same id.
 */
function replaces(
  draft: Draft,
  { known, message, participant }: { known: ModelRecord; message: Json; participant: string | null }
): boolean {
  const before = known.message?.participant ?? null;
  if (before !== null && participant !== null && draft.canonical(before) !== draft.canonical(participant)) return false;
  return !isObject(known.data['message']) && isObject(message['message']) && known.message?.revokedAt === null && !known.message.omitted;
}

/** Returns the earlier changes that a message of the history contains. */
function broughtAlong(draft: Draft, message: Json): Pick<MessageFacts, 'editedAt' | 'revokedAt' | 'reactions' | 'receipts' | 'votes'> {
  const votes = votesBroughtAlong(message, key => senderOf(draft, key));
  const reactions = objectsIn(message['reactions']).flatMap(one => {
    const [sender, text] = [senderOf(draft, one['key']), textOf(one, 'text')];
    return sender === null || text === null ? [] : [[sender, { text, at: numberOf(one, 'senderTimestampMs') }] as const];
  });
  const receipts = objectsIn(message['userReceipt']).flatMap(one => {
    const user = textOf(one, 'userJid');
    return user === null ? [] : [[draft.canonical(user), one] as const];
  });
  return {
    editedAt: null,
    revokedAt: numberOf(message, 'messageStubType') === REVOKED ? draft.event.at : null,
    reactions: Object.fromEntries(reactions),
    receipts: Object.fromEntries(receipts),
    ...(Object.keys(votes).length > 0 ? { votes } : {})
  };
}

function secondsOf(isoTime: string): number {
  const time = Date.parse(isoTime);
  return Number.isFinite(time) ? Math.floor(time / 1000) : 0;
}
