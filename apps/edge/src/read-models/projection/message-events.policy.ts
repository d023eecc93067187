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

/** Messages of the history, which are older than their chat's present state. */
export function projectMessageHistory(draft: Draft, payload: unknown): void {
  for (const message of objectsIn(payload)) putMessage(draft, message, false);
}

/** `messages.delete`: for me. */
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
    // What stood for it while it could not be decrypted.
    if (known !== null && replaces(draft, { known, message, participant })) draft.remove(at);
    return;
  }
  touchChat(draft, chat, { timestamp, revive: isNews });
  if (known !== null && !replaces(draft, { known, message, participant })) return;
  // Everything was asked for, and the event is projected once more.
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
 * A message comes again when its text could be decrypted at last. Otherwise the first one stays: what came later is the same,
 * or somebody else who has chosen its id.
 */
function replaces(
  draft: Draft,
  { known, message, participant }: { known: ModelRecord; message: Json; participant: string | null }
): boolean {
  const before = known.message?.participant ?? null;
  if (before !== null && participant !== null && draft.canonical(before) !== draft.canonical(participant)) return false;
  return !isObject(known.data['message']) && isObject(message['message']) && known.message?.revokedAt === null && !known.message.omitted;
}

/** What a message of the history has gone through before. */
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
