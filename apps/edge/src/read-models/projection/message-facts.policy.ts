import { isFromMe, personOf } from './authority.policy.js';
import type { Draft } from './draft.state.js';
import { messageKey } from './model-key.codec.js';
import type { MessageFacts, ModelKey, ModelRecord } from './model.types.js';
import { field, isObject, textOf, textsIn } from './payload.codec.js';

/** Where a message may be kept: under the jid of its chat by which it came, which may be the LID or the phone number. */
export function placesOf(draft: Draft, key: unknown): ModelKey[] {
  const [jid, id] = [textOf(key, 'remoteJid'), textOf(key, 'id')];
  if (jid === null || id === null) return [];
  const chat = personOf(jid);
  const fromMe = isFromMe(key);
  const jids = [chat, textOf(key, 'remoteJidAlt'), draft.otherJid(chat)];
  return textsIn([...new Set(jids)]).map(jid => messageKey(jid, fromMe, id));
}

/** Changes a message that is known; of one that is not nothing is kept. */
export function changeMessage(draft: Draft, key: unknown, edit: (record: ModelRecord, facts: MessageFacts) => Partial<ModelRecord>): void {
  for (const at of placesOf(draft, key)) {
    const record = draft.get(at);
    if (record?.message) draft.set(at, record, edit(record, record.message));
  }
}

/** Contents that change something and are no line of a conversation; what they change comes as an event of its own. After Baileys' `isRealMessage`. */
const TECHNICAL: ReadonlySet<string> = new Set([
  'protocolMessage',
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'encEventResponseMessage'
]);
/** Fields beside the content that are not content themselves. */
const CARRIED: ReadonlySet<string> = new Set(['messageContextInfo', 'senderKeyDistributionMessage']);

/** Whether a content (the field `message` of Baileys' message) is none that people see in a chat. One that is missing may still come: a message that is not decrypted yet. */
export function isTechnical(content: unknown): boolean {
  if (!isObject(content)) return false;
  const inner = unwrapped(content);
  if (!isObject(inner)) return true;
  return Object.entries(inner).every(([name, value]) => value === null || CARRIED.has(name) || TECHNICAL.has(name));
}

/** Contents that only wrap another one. */
const WRAPPERS = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'editedMessage',
  'deviceSentMessage',
  'groupMentionedMessage'
];
const MAX_DEPTH = 5;

/** The content inside of what only wraps it. */
export function unwrapped(content: unknown): unknown {
  let inner = content;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const wrapped = WRAPPERS.map(name => field(field(inner, name), 'message')).find(isObject);
    if (wrapped === undefined) break;
    inner = wrapped;
  }
  return inner;
}

/** What people read of a message: its text, its caption, or the title of what it holds; `null` when there is none. `content` is the field `message` of Baileys' message. */
export function contentText(content: unknown): string | null {
  const inner = unwrapped(content);
  const plain = textOf(inner, 'conversation') ?? textOf(field(inner, 'extendedTextMessage'), 'text');
  if (plain !== null || !isObject(inner)) return plain;
  for (const part of Object.values(inner)) {
    const text = ['caption', 'name', 'fileName', 'displayName', 'address', 'selectedDisplayText', 'title']
      .map(name => textOf(part, name))
      .find(found => found !== null);
    if (text) return text;
  }
  return null;
}
