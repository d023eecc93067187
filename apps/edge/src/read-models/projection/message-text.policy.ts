import { field, isObject, textOf } from './payload.codec.js';

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
