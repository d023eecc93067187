import { chatJid as personOf, isGroup } from '@wabus/contracts';
import type { Draft } from './draft.state.js';
import { modelKey } from './model-key.codec.js';
import type { MessageFacts } from './model.types.js';
import { field, objectsIn, textOf, textsIn } from './payload.codec.js';

export { chatJid as personOf, isLid, pairOf } from '@wabus/contracts';
export { isGroup };

export const isFromMe = (key: unknown): boolean => field(key, 'fromMe') === true;

/**
 * Returns whether a change to a message comes from its author. `key` shows who sent the change, but identifies the message by its id only:
 * in a group, every member can send a change that names another member's message.
 */
export function isByAuthor(draft: Draft, facts: MessageFacts, key: unknown): boolean {
  if (facts.fromMe !== isFromMe(key)) return false;
  const by = sendersOf(draft, key);
  return facts.fromMe || facts.participant === null || by.length === 0 || by.includes(draft.canonical(facts.participant));
}

/**
 * Returns whether a change comes from an admin of the group, who may revoke messages of others. If no event has described the
 * group, any member may be an admin.
 */
export function isByAdmin(draft: Draft, key: unknown): boolean {
  const chat = textOf(key, 'remoteJid');
  if (chat === null || !isGroup(chat)) return false;
  const group = draft.get(modelKey('group', personOf(chat)));
  // WhatsApp has checked changes from other devices of this account.
  if (group === null || isFromMe(key)) return true;
  const by = sendersOf(draft, key);
  return objectsIn(group.data['participants']).some(
    one => textOf(one, 'admin') !== null && by.includes(draft.canonical(textOf(one, 'id') ?? ''))
  );
}

const sendersOf = (draft: Draft, key: unknown): string[] =>
  textsIn([textOf(key, 'participant'), textOf(key, 'participantAlt')]).map(jid => draft.canonical(jid));
