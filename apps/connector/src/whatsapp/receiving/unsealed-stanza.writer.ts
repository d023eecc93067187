import { createHash } from 'node:crypto';
import type { BinaryNode, SignalDataSet } from '@whiskeysockets/baileys';
import { INBOX_TYPE, type InboxPass } from '../inbox.js';
import { isTooLarge, type SocketCredentials } from '../signal/socket-credentials.js';

/** The plaintext of a stanza that has none. */
const NOTHING = new Uint8Array();

/**
 * Stores a stanza that has nothing to decrypt: a channel post, a message that WhatsApp withholds or a message from an unknown sender. Baileys confirms it
 * before its event is in the log. Resolves once it is on disk, or if it is too large for a record. If it cannot be stored, ends the connection and rejects.
 */
export async function keepUnsealed(
  stanza: BinaryNode,
  pass: InboxPass,
  { state, giveUp }: Pick<SocketCredentials, 'state' | 'giveUp'>
): Promise<void> {
  const hash = nameOf(stanza);
  if (await pass.recall(hash)) return;
  const draft = await pass.draft({ hash, plaintext: NOTHING, stanza }).catch(giveUp);
  try {
    await state.keys.set({ [INBOX_TYPE]: { [draft.record.id]: draft.record.value } } as SignalDataSet);
  } catch (error) {
    draft.dropped();
    if (isTooLarge(error)) return;
    throw error;
  }
  draft.stored();
}

/** Returns a name that is equal for each copy of a stanza, but different for the correction of a post, which has the same id. */
function nameOf({ attrs, content }: BinaryNode): string {
  const { id = '', from = '', participant = '' } = attrs;
  const hash = createHash('sha256').update([from, participant, id].join('\0'));
  for (const each of Array.isArray(content) ? content : []) if (each.content instanceof Uint8Array) hash.update('\0').update(each.content);
  return hash.digest('base64url');
}
