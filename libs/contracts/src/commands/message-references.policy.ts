import { WabusError } from '../errors/wabus-error.js';
import { isBroadcastList, isGroup, isOtherChat, type OtherJid } from '../ids/identity.js';

/** An incomplete reference to a message in the arguments of a command. */
export interface MessageReference {
  /** The path of the reference, such as `content.react.key`. */
  readonly field: string;
  /** The jid of the chat that contains the message. */
  readonly chat: string;
  readonly id: string;
  /** `fromMe` in the arguments; `null` if it is missing. */
  readonly fromMe: boolean | null;
  /** The missing data without which the command cannot run; `null` if it can run, but has to assume whose message it is. */
  readonly needs: 'author' | 'content' | null;
}

/** The data that events have reported about a message. */
export interface KnownMessage {
  readonly fromMe: boolean;
  readonly participant: string | null;
  /** `proto.IMessage` as JSON; `null` if it is not stored. */
  readonly content: object | null;
}

type Json = Readonly<Record<string, unknown>>;

/** In `star`, keys have no chat: it is a separate argument. */
const STARRED = 'messages.';
/** The argument of `sendReceipt` that names the author of all its messages. */
const AUTHOR = 'participant';

/** The paths at which arguments of commands contain keys of messages; `*` stands for each item of a list. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['content.react.key', 'content.comment.key', 'content.pin', 'content.delete', 'content.edit'],
  relayMessage: ['message.reactionMessage.key', 'message.pinInChatMessage.key', 'message.keepInChatMessage.key'],
  readMessages: ['keys.*'],
  sendReceipts: ['keys.*'],
  star: [`${STARRED}*`],
  chatModify: ['modification.deleteForMe.key'],
  requestPlaceholderResend: ['messageKey']
};
const QUOTED = 'options.quoted';
/** An edit can only refer to a message of the account itself. */
const OWN = 'content.edit';
const DELETED = 'content.delete';

/** Returns the messages to which valid arguments of a command refer incompletely. */
export function openReferences(method: string, args: object): MessageReference[] {
  const jid = textOf(args, 'jid');
  if (method === 'sendReceipt') return authorless(args, jid);
  const keys = placesOf(method, args).flatMap(field => referenceTo(field, at(args, field), jid));
  const quoted = method === 'sendMessage' ? at(args, QUOTED) : undefined;
  if (!isObject(quoted) || isObject(quoted['message'])) return keys;
  const [reference] = referenceTo(`${QUOTED}.key`, quoted['key'], jid, true);
  return reference ? [...keys, { ...reference, field: QUOTED, needs: 'content' }] : keys;
}

/** Returns the arguments with the chat of each message that they refer to, and with the data that `known` has about it, by path. */
export function completedReferences<Args extends object>(method: string, args: Args, known: ReadonlyMap<string, KnownMessage>): Args {
  const jid = textOf(args, 'jid');
  let completed: Json = args as Json;
  for (const field of placesOf(method, args)) {
    const key = at(completed, field);
    if (isObject(key)) completed = withValue(completed, field.split('.'), completedKey(field, key, { jid, known: known.get(field) }));
  }
  const quoted = at(completed, QUOTED);
  const author = known.get(AUTHOR)?.participant;
  if (method === 'sendReceipt' && author) return { ...completed, [AUTHOR]: author } as unknown as Args;
  const original = known.get(QUOTED);
  if (method !== 'sendMessage' || !isObject(quoted) || !isObject(quoted['key'])) return completed as Args;
  const message = isObject(quoted['message']) ? quoted['message'] : (original?.content ?? undefined);
  const key = completedKey(`${QUOTED}.key`, quoted['key'], { jid, known: original });
  return withValue(completed, QUOTED.split('.'), { ...quoted, key, ...(message ? { message } : {}) }) as Args;
}

/**
 * Checks that a command can reach the messages to which it refers.
 * @throws {WabusError} `MESSAGE_UNKNOWN` for a message in a group whose author is missing and for a quoted message without content; `INVALID_ARGUMENTS` for a
 * message in a chat other than that of the command, and for a broadcast list as recipient
 */
export function requireReachable(method: string, args: object, otherOf?: OtherJid): void {
  const to = textOf(args, 'jid');
  if ((method === 'sendMessage' || method === 'relayMessage') && isBroadcastList(to)) {
    const what = 'jid must not be a broadcast list: only the phone knows its members. Send to each of them';
    throw new WabusError('INVALID_ARGUMENTS', { message: `${what}. Nothing was sent.`, details: { fields: { jid: [what] } } });
  }
  for (const field of method === 'sendMessage' ? placesOf(method, args) : []) {
    const [jid, chat] = [textOf(args, 'jid'), textOf(at(args, field), 'remoteJid')];
    if (jid === null || chat === null || !isOtherChat(jid, chat, otherOf)) continue;
    const what = `${field}.remoteJid must be the chat of the message, jid`;
    throw new WabusError('INVALID_ARGUMENTS', {
      message: `${what}. Nothing was sent.`,
      details: { fields: { [`${field}.remoteJid`]: [what] } }
    });
  }
  const unknown = openReferences(method, args).find(({ needs }) => needs !== null);
  if (!unknown) return;
  const { field, id, needs } = unknown;
  const remedy =
    needs === 'content'
      ? `Pass the whole message in ${field}, as its event carries it.`
      : field === AUTHOR
        ? 'Name the author in participant.'
        : `Name the author in ${field}.participant, or set ${field}.fromMe to true.`;
  throw new WabusError('MESSAGE_UNKNOWN', {
    message: `No event has reported the message ${JSON.stringify(id.slice(0, 128))} in this chat. ${remedy} Nothing was sent.`,
    details: { field, id, needs }
  });
}

/** All messages of a receipt have the same author, so looking up the first one is enough. */
function authorless(args: object, chat: string | null): MessageReference[] {
  const [id] = at(args, 'messageIds') as readonly unknown[];
  if (chat === null || typeof id !== 'string' || !isShared(chat) || textOf(args, AUTHOR) !== null) return [];
  return [{ field: AUTHOR, chat, id, fromMe: null, needs: 'author' }];
}

function referenceTo(field: string, key: unknown, jid: string | null, quoted = false): MessageReference[] {
  const [chat, id] = [textOf(key, 'remoteJid') ?? jid, textOf(key, 'id')];
  if (!isObject(key) || chat === null || id === null || field === OWN) return [];
  const fromMe = typeof key['fromMe'] === 'boolean' ? key['fromMe'] : null;
  if (quoted) return [{ field, chat, id, fromMe, needs: 'content' }];
  if (fromMe === true || textOf(key, 'participant') !== null) return [];
  if (isShared(chat)) return [{ field, chat, id, fromMe, needs: 'author' }];
  return fromMe === null ? [{ field, chat, id, fromMe, needs: null }] : [];
}

function completedKey(field: string, key: Json, { jid, known }: { jid: string | null; known: KnownMessage | undefined }): Json {
  const remoteJid = textOf(key, 'remoteJid') ?? jid;
  const named = remoteJid === null || field.startsWith(STARRED) ? key : { ...key, remoteJid };
  if (field === OWN) return { ...named, fromMe: true };
  const participant = textOf(key, 'participant');
  if (known && participant === null) {
    const author = known.fromMe || known.participant === null || !isShared(remoteJid ?? '') ? {} : { participant: known.participant };
    return { ...named, fromMe: known.fromMe, ...author };
  }
  // Unless the key says otherwise, a message that is deleted for everybody is the account's own.
  const isOwn = field === DELETED && participant === null && typeof key['fromMe'] !== 'boolean' && !isShared(remoteJid ?? '');
  return isOwn ? { ...named, fromMe: true } : named;
}

/** Whether the messages of a chat have several authors. */
const isShared = (jid: string): boolean => isGroup(jid) || jid.endsWith('@broadcast');

function placesOf(method: string, args: object): string[] {
  return (KEYS[method] ?? []).flatMap(place => {
    if (!place.endsWith('.*')) return at(args, place) === undefined ? [] : [place];
    const list = at(args, place.slice(0, -2));
    return Array.isArray(list) ? list.map((_, i) => `${place.slice(0, -2)}.${i}`) : [];
  });
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => own(inner, name), value);
}

function withValue(target: Json, [name, ...rest]: readonly string[], value: unknown): Json {
  const inner = rest.length === 0 ? value : withValue(own(target, name!) as Json, rest, value);
  if (Array.isArray(target)) return (target as unknown[]).map((item, i) => (String(i) === name ? inner : item)) as unknown as Json;
  return Object.assign(Object.create(Object.getPrototypeOf(target) as object | null) as object, target, { [name!]: inner });
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Json)[name] : undefined;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown, name: string): string | null {
  const text = own(value, name);
  return typeof text === 'string' && text !== '' ? text : null;
}
