import { contentText } from '@wabus/contracts';
import { isByAdmin, isByAuthor, isFromMe, isGroup } from './authority.policy.js';
import type { Draft } from './draft.state.js';
import { editedContent } from './edited-content.policy.js';
import { changeMessage } from './message-facts.policy.js';
import type { Json, MessageFacts, ModelRecord } from './model.types.js';
import { field, isObject, numberOf, objectsIn, textOf, withoutFields } from './payload.codec.js';

/** A message whose JSON is longer than this is stored without it; the event log contains it. */
export const MAX_MESSAGE_CHARS = 128 * 1024;
export const REVOKED = 1;

/** `messages.update`: status, edits, revocations, stars. Updates of unknown messages are dropped. */
export function projectMessageUpdates(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const update = field(one, 'update');
    if (!isObject(update)) continue;
    if (isRevocation(update)) revoke(draft, one['key'], update);
    else changeMessage(draft, one['key'], (record, facts) => updated(draft, { record, facts, update, key: one['key'] }));
  }
}

/** `messages.reaction`: one reaction per sender. A reaction without text is withdrawn. */
export function projectReactions(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const reaction = one['reaction'];
    const by = field(reaction, 'key') ?? one['key'];
    const sender = senderOf(draft, by);
    if (sender === null) continue;
    const at = numberOf(reaction, 'senderTimestampMs');
    const text = textOf(reaction, 'text');
    changeMessage(draft, one['key'], (record, facts) => {
      const before = facts.reactions[sender];
      if (before?.at != null && at !== null && at < before.at) return {};
      const reactions = text === null ? withoutFields(facts.reactions, sender) : { ...facts.reactions, [sender]: { text, at } };
      return { message: { ...facts, reactions: reactions as MessageFacts['reactions'] } };
    });
  }
}

/** `message-receipt.update`: who received or read a message of a group or status. */
export function projectReceipts(draft: Draft, payload: unknown): void {
  for (const one of objectsIn(payload)) {
    const receipt = one['receipt'];
    const user = textOf(receipt, 'userJid');
    if (user === null || !isObject(receipt)) continue;
    const by = draft.canonical(user);
    changeMessage(draft, one['key'], (record, facts) => ({
      message: { ...facts, receipts: { ...facts.receipts, [by]: { ...facts.receipts[by], ...receipt } } }
    }));
  }
}

/** Returns the sender of the message with this key: `me`, or a jid. */
export function senderOf(draft: Draft, key: unknown): string | null {
  if (isFromMe(key)) return 'me';
  const jid = textOf(key, 'participant') ?? textOf(key, 'remoteJid');
  return jid && draft.canonical(jid);
}

/** Baileys empties a revoked message. */
const isRevocation = (update: Json): boolean =>
  numberOf(update, 'messageStubType') === REVOKED || (update['message'] === null && !('messageStubType' in update));

function revoke(draft: Draft, key: unknown, update: Json): void {
  const edit = (record: ModelRecord, facts: MessageFacts): Partial<ModelRecord> =>
    isByAuthor(draft, facts, key) || isByAdmin(draft, key) ? updated(draft, { record, facts, update, key }) : {};
  changeMessage(draft, key, edit);
  // Either the admin or the author may be this account, and the key shows this only for the sender of the revocation.
  if (isObject(key) && isGroup(textOf(key, 'remoteJid') ?? '')) changeMessage(draft, { ...key, fromMe: !isFromMe(key) }, edit);
}

function updated(
  draft: Draft,
  { record, facts, update, key }: { record: ModelRecord; facts: MessageFacts; update: Json; key: unknown }
): Partial<ModelRecord> {
  const { at } = draft.event;
  const isRevoked = isRevocation(update);
  const edit = field(field(update['message'], 'editedMessage'), 'message');
  if (isObject(edit) && !isByAuthor(draft, facts, key)) return {};
  // A revoked message stays revoked, whatever later events report about it.
  const before = record.data['message'] ?? null;
  const news = isObject(edit) ? editedContent(before, edit) : (update['message'] ?? before);
  const content = facts.revokedAt !== null || isRevoked ? null : news;
  const rest = withoutFields(update, 'message', 'key', 'messageTimestamp', 'status');
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
      revokedAt: isRevoked ? (facts.revokedAt ?? at) : facts.revokedAt
    }
  };
}

/** Acknowledgments can overtake one another, so a status only increases, except for 0, which is an error. */
function statusOf(data: Json, update: Json): Json {
  const [before, news] = [numberOf(data, 'status') ?? 0, numberOf(update, 'status')];
  if (news === null) return {};
  return { status: news === 0 ? 0 : Math.max(before, news) };
}

/** Baileys reports each vote separately. */
function unite(before: unknown, news: unknown): unknown[] {
  const list = [...(Array.isArray(before) ? (before as unknown[]) : []), ...(Array.isArray(news) ? (news as unknown[]) : [])];
  return [...new Map(list.map(one => [JSON.stringify(one), one])).values()];
}
