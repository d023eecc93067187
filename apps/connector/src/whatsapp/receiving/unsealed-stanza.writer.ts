import { createHash } from 'node:crypto';
import type { BinaryNode, SignalDataSet } from '@whiskeysockets/baileys';
import { INBOX_TYPE, type InboxPass } from '../inbox.js';
import { isTooLarge, type SocketCredentials } from '../signal/socket-credentials.js';

/** Of what there is no plaintext. */
const NOTHING = new Uint8Array();

/**
 * Keeps a stanza in which there is nothing to decrypt: a post of a channel, a message that WhatsApp withholds, one of an unknown sender. Baileys confirms it before its event is in the log.
 * On disk when it settles, unless it is too large for a record. When it cannot be stored, the connection has ended before it rejects.
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

/** The same for each copy of a stanza, another one for the correction of a post, which comes under the same id. */
function nameOf({ attrs, content }: BinaryNode): string {
  const { id = '', from = '', participant = '' } = attrs;
  const hash = createHash('sha256').update([from, participant, id].join('\0'));
  for (const each of Array.isArray(content) ? content : []) if (each.content instanceof Uint8Array) hash.update('\0').update(each.content);
  return hash.digest('base64url');
}
