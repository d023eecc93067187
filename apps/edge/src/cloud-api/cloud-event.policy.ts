import { chatJid, isGroup, isLid, isPn, pairOf, type CloudExtra, type ErrorCode, type OtherJid } from '@wabus/contracts';
import { field, isObject, numberOf, objectsIn, textOf } from '../read-models/projection/payload.codec.js';
import { cloudContent, cloudContext, cloudReferral, type CloudContent } from './cloud-content.policy.js';
import { cloudFailure } from './cloud-error.table.js';
import { encodeMediaId, encodeUserId, encodeWamid, isOutgoingMessageId } from './wamid.codec.js';

type Json = Readonly<Record<string, unknown>>;

/** An event with its payload, and the known facts about the account and the people in it. */
export interface CloudEvent {
  readonly session: string;
  readonly event: string;
  readonly cursor: string;
  /** ISO time. */
  readonly at: string;
  readonly payload: unknown;
  /** Both jids of the account, as far as known. */
  readonly account: readonly string[];
  readonly extras: ReadonlySet<CloudExtra>;
  readonly otherOf: OtherJid;
}

/** A change in Meta's format: the field of the subscription and its value. */
export interface CloudChange {
  readonly field: 'messages' | 'smb_message_echoes';
  readonly value: Json;
}

/** The events that this format expresses. */
export const CLOUD_EVENTS: ReadonlySet<string> = new Set(['messages.upsert', 'messages.update', 'message.progress']);

/** Returns the changes in Meta's format for an event: one for each message or status, because programs read only the first one of each request. */
export function cloudChanges(event: CloudEvent): CloudChange[] {
  switch (event.event) {
    case 'messages.upsert':
      return objectsIn(field(event.payload, 'messages')).flatMap(message => messageChange(event, message) ?? []);
    case 'messages.update':
      return event.extras.has('edits') ? objectsIn(event.payload).flatMap(change => laterChange(event, change) ?? []) : [];
    case 'message.progress':
      return [statusChange(event)].filter(change => change !== null);
    default:
      return [];
  }
}

/** Returns the request body for a change. */
export const cloudBody = (session: string, change: CloudChange): string =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: session, changes: [change] }] });

/** Returns the people in an event for whom the event does not contain the other jid. */
export function unpairedPeople(event: string, payload: unknown): string[] {
  const of = (jid: string | null, other: string | null): string[] =>
    jid !== null && (isPn(chatJid(jid)) || isLid(chatJid(jid))) && pairOf(jid, other) === null ? [chatJid(jid)] : [];
  const inKey = (key: unknown): string[] => [
    ...of(textOf(key, 'remoteJid'), textOf(key, 'remoteJidAlt')),
    ...of(textOf(key, 'participant'), textOf(key, 'participantAlt'))
  ];
  switch (event) {
    case 'messages.upsert':
      return [...new Set(objectsIn(field(payload, 'messages')).flatMap(({ key }) => inKey(key)))];
    case 'messages.update':
      return [...new Set(objectsIn(payload).flatMap(({ key }) => inKey(key)))];
    case 'message.progress':
      return [...of(textOf(payload, 'chat'), null), ...of(textOf(payload, 'participant'), null)];
    default:
      return [];
  }
}

/**
 * A person under the two identifiers of Meta's format: `wa_id`, the number, and, since 2026, `user_id`, which stands for the LID. A person
 * without a known number has the user id in both.
 */
interface CloudPerson {
  readonly waId: string;
  readonly userId: string | null;
}

const userOf = (jid: string): string => jid.slice(0, jid.indexOf('@'));

/**
 * Returns a person in Meta's format.
 * @param other the other jid of the same person, from the event
 */
export function cloudPerson(jid: string, other: string | null, otherOf: OtherJid): CloudPerson {
  const own = chatJid(jid);
  const pair = pairOf(own, other) ?? pairOf(own, otherOf(own));
  if (pair) return { waId: userOf(pair.pn), userId: encodeUserId(pair.lid) };
  if (isPn(own)) return { waId: userOf(own), userId: null };
  return { waId: encodeUserId(own), userId: isLid(own) ? encodeUserId(own) : null };
}

/** Returns the digits of the account's number, or the name of its session while no account is linked. */
export const displayNumber = ({ account, session }: Pick<CloudEvent, 'account' | 'session'>): string => {
  const pn = account.find(jid => isPn(chatJid(jid)));
  return pn === undefined ? session : userOf(chatJid(pn));
};

const NOT_CHATS = /@(broadcast|newsletter|bot)$/;
const seconds = (value: unknown, at: string): string => String(numberOf(value, 'messageTimestamp') ?? Math.floor(Date.parse(at) / 1_000));
const isMine = (key: unknown): boolean => field(key, 'fromMe') === true;

/** Returns the chat and the author of the message with this key, or `null` if Meta's format has no such chat or the webhook does not request it. */
function placeOf({ extras, otherOf }: CloudEvent, key: unknown): { chat: string; group: string | null; person: CloudPerson } | null {
  const said = textOf(key, 'remoteJid');
  if (said === null || said === 'status@broadcast') return null;
  const participant = textOf(key, 'participant');
  // A message to a broadcast list belongs to the chat of its author.
  const isList = said.endsWith('@broadcast') && participant !== null;
  const group = isGroup(said) ? said : null;
  if ((!isList && NOT_CHATS.test(said)) || (group !== null && !extras.has('groups'))) return null;
  const author = group !== null || isList ? participant : null;
  if (group !== null && author === null && !isMine(key)) return null;
  const [jid, alt] = author === null ? [said, textOf(key, 'remoteJidAlt')] : [author, textOf(key, 'participantAlt')];
  return { chat: said, group, person: cloudPerson(jid, alt, otherOf) };
}

function wamidOfKey(key: unknown, mark?: string): string | null {
  const id = textOf(key, 'id');
  const chat = textOf(key, 'remoteJid');
  if (id === null || chat === null) return null;
  const participant = isGroup(chat) || chat.endsWith('@broadcast') ? textOf(key, 'participant') : null;
  return encodeWamid({ fromMe: isMine(key), id, chat, participant }, mark);
}

function messageChange(event: CloudEvent, message: Json): CloudChange | null {
  const { key } = message;
  const { session, cursor, account } = event;
  const id = textOf(key, 'id');
  const place = placeOf(event, key);
  if (place === null || id === null) return null;
  // A message sent by a call of this API is not reported, because the caller already knows it.
  if (isMine(key) && (!event.extras.has('echoes') || isOutgoingMessageId(id))) return null;
  const mediaId = encodeMediaId({ session, ref: cursor, message: id });
  const content = cloudContent(message['message'], { mediaId, wamidOf: other => wamidOfKey(other) });
  if (content === null) return null;
  const quote = (info: Json): { id: string; from?: string } => {
    const author = textOf(info, 'participant');
    const byMe = author !== null && account.some(jid => chatJid(jid) === chatJid(author));
    const quoted = {
      remoteJid: place.chat,
      id: textOf(info, 'stanzaId'),
      fromMe: byMe,
      ...(author === null ? {} : { participant: author })
    };
    const from = byMe ? displayNumber(event) : author === null ? null : cloudPerson(author, null, event.otherOf).waId;
    return { ...(from === null ? {} : { from }), id: wamidOfKey(quoted)! };
  };
  return reported(
    event,
    { key, place, id: wamidOfKey(key)!, name: textOf(message, 'pushName'), timestamp: seconds(message, event.at) },
    {
      ...cloudContext(message['message'], quote),
      ...cloudReferral(message['message']),
      ...content
    }
  );
}

/** Returns the change for an edit or a revocation of a message. Since 2025, Meta reports these to accounts that also run on a phone. */
function laterChange(event: CloudEvent, { key, update }: Json): CloudChange | null {
  const place = placeOf(event, key);
  const original = wamidOfKey(key);
  if (place === null || original === null || (isMine(key) && !event.extras.has('echoes'))) return null;
  const about = { key, place, id: wamidOfKey(key, event.cursor)!, name: null, timestamp: seconds(update, event.at) };
  if (field(update, 'message') === null) return reported(event, about, { type: 'revoke', revoke: { original_message_id: original } });
  const edited = field(field(field(update, 'message'), 'editedMessage'), 'message');
  if (!isObject(edited)) return null;
  const mediaId = encodeMediaId({ session: event.session, ref: event.cursor, message: textOf(key, 'id') });
  const message = cloudContent(edited, { mediaId, wamidOf: other => wamidOfKey(other) });
  return message && reported(event, about, { type: 'edit', edit: { original_message_id: original, message } });
}

interface About {
  readonly key: unknown;
  readonly place: NonNullable<ReturnType<typeof placeOf>>;
  readonly id: string;
  readonly name: string | null;
  readonly timestamp: string;
}

function reported(event: CloudEvent, { key, place, id, name, timestamp }: About, content: CloudContent): CloudChange {
  const { group, person } = place;
  const { waId, userId } = person;
  const inGroup = group === null ? {} : { group_id: group };
  if (isMine(key)) {
    const to = group ?? waId;
    const toUser = group === null && userId !== null ? { to_user_id: userId } : {};
    const echo = { from: displayNumber(event), to, ...toUser, ...inGroup, id, timestamp, ...content };
    return { field: 'smb_message_echoes', value: { ...envelope(event), message_echoes: [echo] } };
  }
  const byUser = userId === null ? {} : { from_user_id: userId };
  const contact = { profile: { name: name ?? waId }, wa_id: waId, ...(userId === null ? {} : { user_id: userId }) };
  const message = { from: waId, ...byUser, ...inGroup, id, timestamp, ...content };
  return { field: 'messages', value: { ...envelope(event), contacts: [contact], messages: [message] } };
}

const envelope = (event: CloudEvent): Json => ({
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: displayNumber(event), phone_number_id: event.session }
});

const STATUSES: Readonly<Record<string, string | null>> = {
  accepted: null,
  'server-ack': 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'played',
  failed: 'failed'
};

function statusChange(event: CloudEvent): CloudChange | null {
  const { payload, otherOf, extras } = event;
  const [id, chat, correlation] = [textOf(payload, 'id'), textOf(payload, 'chat'), textOf(payload, 'correlation')];
  const status = STATUSES[textOf(payload, 'stage') ?? ''] ?? null;
  if (id === null || chat === null || status === null || NOT_CHATS.test(chat)) return null;
  const inGroup = isGroup(chat);
  if (inGroup && !extras.has('groups')) return null;
  const { waId, userId } = inGroup ? { waId: chat, userId: null } : cloudPerson(chat, null, otherOf);
  const participant = textOf(payload, 'participant');
  const failure = field(payload, 'error');
  const entry = {
    id: encodeWamid({ fromMe: true, id, chat: null, participant: null }),
    status,
    timestamp: String(Math.floor(Date.parse(textOf(payload, 'at') ?? event.at) / 1_000)),
    recipient_id: waId,
    ...(userId === null ? {} : { recipient_user_id: userId }),
    ...(inGroup ? { recipient_type: 'group' } : {}),
    ...(inGroup && participant !== null ? { recipient_participant_id: cloudPerson(participant, null, otherOf).waId } : {}),
    // Unless the caller has chosen a correlation id, it equals the message id and is omitted.
    ...(correlation === null || correlation === id ? {} : { biz_opaque_callback_data: correlation }),
    ...(status === 'failed' ? { errors: [statusError(failure)] } : {})
  };
  return { field: 'messages', value: { ...envelope(event), statuses: [entry] } };
}

function statusError(failure: unknown): Json {
  const { code, title } = cloudFailure((textOf(failure, 'code') ?? 'INTERNAL') as ErrorCode);
  return { code, title, message: title, error_data: { details: textOf(failure, 'message') ?? title } };
}
