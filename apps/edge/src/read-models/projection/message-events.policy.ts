import { joinPerson } from './alias-events.policy.js';
import { clearChat, touchChat } from './chat-events.policy.js';
import type { Draft } from './draft.state.js';
import { personOf } from './jid.policy.js';
import { contentText } from './message-text.policy.js';
import { messageKey } from './model-key.codec.js';
import type { Json, MessageFacts, ModelKey, ModelRecord } from './model.types.js';
import { field, isObject, numberOf, objectsIn, textOf, textsIn, without } from './payload.codec.js';

/** A message whose JSON is longer is kept without it: the event log has it. */
export const MAX_MESSAGE_CHARS = 128 * 1024;
const REVOKED = 1;

/** `messages.upsert`. */
export function projectMessages(draft: Draft, payload: unknown): void {
  for (const message of objectsIn(field(payload, 'messages'))) putMessage(draft, message, true);
}

/** Messages of the history, which are older than their chat's present state. */
export function projectMessageHistory(draft: Draft, payload: unknown): void {
  for (const message of objectsIn(payload)) putMessage(draft, message, false);
}

/** `messages.update`: status, edits, revocations, stars. Of a message that is not known nothing is kept. */
export function projectMessageUpdates(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const update = field(one, 'update');
    if (!isObject(update)) continue;
    change(draft, one['key'], (record, facts) => updated(draft, { record, facts, update }));
  }
}

/** `messages.reaction`: one reaction per sender; without a text it is taken back. */
export function projectReactions(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const reaction = one['reaction'];
    const by = field(reaction, 'key') ?? one['key'];
    const jid = textOf(by, 'participant') ?? textOf(by, 'remoteJid');
    const sender = field(by, 'fromMe') === true ? 'me' : jid && draft.canonical(jid);
    if (!sender) continue;
    const at = numberOf(reaction, 'senderTimestampMs');
    const text = textOf(reaction, 'text');
    change(draft, one['key'], (record, facts) => {
      const before = facts.reactions[sender];
      if (before?.at != null && at !== null && at < before.at) return {};
      const reactions = text === null ? without(facts.reactions, sender) : { ...facts.reactions, [sender]: { text, at } };
      return { message: { ...facts, reactions: reactions as MessageFacts['reactions'] } };
    });
  }
}

/** `message-receipt.update`: who got or read a message of a group or status. */
export function projectReceipts(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const receipt = one['receipt'];
    const user = textOf(receipt, 'userJid');
    if (user === null || !isObject(receipt)) continue;
    const by = draft.canonical(user);
    change(draft, one['key'], (record, facts) => ({
      message: { ...facts, receipts: { ...facts.receipts, [by]: { ...facts.receipts[by], ...receipt } } }
    }));
  }
}

/** `messages.delete`: for me. */
export function projectMessageDeletions(draft: Draft, payload: unknown): void {
  const jid = textOf(payload, 'jid');
  if (jid !== null && field(payload, 'all') === true) clearChat(draft, jid);
  for (const key of objectsIn(field(payload, 'keys'))) for (const at of placesOf(draft, key)) draft.remove(at);
}

function putMessage(draft: Draft, message: Json, isNews: boolean): void {
  const key = message['key'];
  const [chat, id] = [textOf(key, 'remoteJid'), textOf(key, 'id')];
  if (chat === null || id === null) return;
  joinPerson(draft, chat, textOf(key, 'remoteJidAlt'));
  joinPerson(draft, textOf(key, 'participant'), textOf(key, 'participantAlt'));
  const timestamp = numberOf(message, 'messageTimestamp') ?? Math.floor(Date.parse(draft.event.at) / 1000);
  const at = placesOf(draft, key).find(place => draft.get(place) !== null) ?? messageKey(chat, field(key, 'fromMe') === true, id);
  const known = draft.get(at);
  const participant = textOf(key, 'participant');
  touchChat(draft, chat, { timestamp, revive: isNews });
  if (known !== null && !replaces(draft, { known, message, participant })) return;
  const omitted = JSON.stringify(message).length > MAX_MESSAGE_CHARS;
  draft.set(
    at,
    { kind: 'message', id },
    {
      timestamp,
      data: omitted ? { key } : message,
      message: {
        ...(known?.message ?? { editedAt: null, revokedAt: null, reactions: {}, receipts: {} }),
        chat,
        fromMe: field(key, 'fromMe') === true,
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

function updated(
  draft: Draft,
  { record, facts, update }: { record: ModelRecord; facts: MessageFacts; update: Json }
): Partial<ModelRecord> {
  const { at } = draft.event;
  // A revoked message stays revoked, whatever else is said of it.
  const isRevocation = update['message'] === null || numberOf(update, 'messageStubType') === REVOKED;
  const edit = field(field(update['message'], 'editedMessage'), 'message');
  const content = facts.revokedAt !== null || isRevocation ? null : (edit ?? update['message'] ?? record.data['message'] ?? null);
  const rest = without(update, 'message', 'key', 'messageTimestamp', 'status');
  const lists = Object.fromEntries(
    ['pollUpdates', 'eventResponses'].flatMap(name => (name in rest ? [[name, unite(record.data[name], rest[name])]] : []))
  );
  const data: Json = facts.omitted
    ? record.data
    : {
        ...record.data,
        ...rest,
        ...lists,
        ...statusOf(record.data, update),
        ...(content === null ? { message: null } : { message: content })
      };
  const tooLarge = JSON.stringify(data).length > MAX_MESSAGE_CHARS;
  return {
    data: tooLarge ? { key: record.data['key'] } : data,
    message: {
      ...facts,
      omitted: facts.omitted || tooLarge,
      text: content === null ? null : isObject(update['message']) ? contentText(content) : facts.text,
      editedAt: isObject(edit) ? at : facts.editedAt,
      revokedAt: isRevocation ? (facts.revokedAt ?? at) : facts.revokedAt
    }
  };
}

/** Acknowledgements overtake one another: a status only rises, but for 0, which is an error. */
function statusOf(data: Json, update: Json): Json {
  const [before, news] = [numberOf(data, 'status') ?? 0, numberOf(update, 'status')];
  if (news === null) return {};
  return { status: news === 0 ? 0 : Math.max(before, news) };
}

/** Baileys tells of each vote alone. */
function unite(before: unknown, news: unknown): unknown[] {
  const list = [...(Array.isArray(before) ? (before as unknown[]) : []), ...(Array.isArray(news) ? (news as unknown[]) : [])];
  return [...new Map(list.map(one => [JSON.stringify(one), one])).values()];
}

function change(draft: Draft, key: unknown, edit: (record: ModelRecord, facts: MessageFacts) => Partial<ModelRecord>): void {
  for (const at of placesOf(draft, key)) {
    const record = draft.get(at);
    if (record?.message) draft.set(at, record, edit(record, record.message));
  }
}

/** Where a message may be kept: under the jid of its chat by which it came, which may be the LID or the phone number. */
function placesOf(draft: Draft, key: unknown): ModelKey[] {
  const [chat, id] = [textOf(key, 'remoteJid'), textOf(key, 'id')];
  if (chat === null || id === null) return [];
  const fromMe = field(key, 'fromMe') === true;
  const jids = [chat, textOf(key, 'remoteJidAlt'), draft.otherJid(chat)];
  return textsIn([...new Set(jids)]).map(jid => messageKey(jid, fromMe, id));
}
