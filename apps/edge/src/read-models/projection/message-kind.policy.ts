import { unwrapped } from './message-text.policy.js';
import { isObject } from './payload.codec.js';

/** Contents that change something and are no line of a conversation; what they change comes as an event of its own. After Baileys' `isRealMessage`. */
const TECHNICAL: ReadonlySet<string> = new Set([
  'protocolMessage',
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'encEventResponseMessage'
]);
/** What rides along with a content and is none. */
const CARRIED: ReadonlySet<string> = new Set(['messageContextInfo', 'senderKeyDistributionMessage']);

/** Whether a content (the field `message` of Baileys' message) is none that people see in a chat. One that is missing may still come: a message that is not decrypted yet. */
export function isTechnical(content: unknown): boolean {
  if (!isObject(content)) return false;
  const inner = unwrapped(content);
  if (!isObject(inner)) return true;
  return Object.entries(inner).every(([name, value]) => value === null || CARRIED.has(name) || TECHNICAL.has(name));
}
