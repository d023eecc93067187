import { createHash } from 'node:crypto';
import type { BinaryNode, Contact, SocketConfig, WAMessage } from '@whiskeysockets/baileys';
import { cleanMessage, decodeMessageNode, decryptMessageNode } from '../baileys.js';
import type { InboxPass, MessageIdentity } from '../inbox.js';

type Repository = ReturnType<SocketConfig['makeSignalRepository']>;

/** The key of a ciphertext in the inbox. */
export function hashOf(ciphertext: Uint8Array): string {
  return createHash('sha256').update(ciphertext).digest('base64url');
}

/** The key that the message of a stanza has in its event; `null` for what is not a message. */
export function identifyMessage(stanza: BinaryNode, me: Contact | undefined): MessageIdentity | null {
  try {
    const { fullMessage } = decodeMessageNode(stanza, me?.id ?? '', me?.lid ?? '');
    cleanMessage(fullMessage, me?.id ?? '', me?.lid ?? '');
    return fullMessage.key;
  } catch {
    return null;
  }
}

/** The message of a stanza as its event has it, read from the inbox alone: no key is used or changed, and WhatsApp receives nothing. */
export async function readKeptMessage(
  stanza: BinaryNode,
  pass: InboxPass,
  me: Contact | undefined,
  logger: SocketConfig['logger']
): Promise<WAMessage> {
  const recall = async (ciphertext: Uint8Array): Promise<Uint8Array> => {
    const plaintext = await pass.recall(hashOf(ciphertext));
    if (!plaintext) throw new Error('The plaintext is not in the inbox');
    return plaintext;
  };
  const nothing = (): Promise<null> => Promise.resolve(null);
  const repository = {
    decryptMessage: ({ ciphertext }: { ciphertext: Uint8Array }) => recall(ciphertext),
    decryptGroupMessage: ({ msg }: { msg: Uint8Array }) => recall(msg),
    processSenderKeyDistributionMessage: nothing,
    migrateSession: nothing,
    lidMapping: { getLIDForPN: nothing, storeLIDPNMappings: nothing }
  } as unknown as Repository;
  const message = decryptMessageNode(stanza, me?.id ?? '', me?.lid ?? '', repository, logger);
  await message.decrypt();
  cleanMessage(message.fullMessage, me?.id ?? '', me?.lid ?? '');
  return message.fullMessage;
}
