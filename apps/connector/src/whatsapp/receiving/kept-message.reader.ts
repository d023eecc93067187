import { createHash } from 'node:crypto';
import type { BinaryNode, Contact, SocketConfig, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import { cleanMessage, decodeMessageNode, decryptMessageNode, proto, unpadRandomMax16 } from '../baileys.js';
import type { InboxPass } from '../inbox.js';
import { botAnswerOf, botChatOf, botKeyOf, botMessage } from './bot-answer.reader.js';

type Repository = ReturnType<SocketConfig['makeSignalRepository']>;

/** The key of a ciphertext in the inbox. */
export function hashOf(ciphertext: Uint8Array): string {
  return createHash('sha256').update(ciphertext).digest('base64url');
}

/** The key that the message of a stanza has in its event; `null` for what is not a message. */
export function identifyMessage(stanza: BinaryNode, me: Contact | undefined): WAMessageKey | null {
  try {
    const { fullMessage } = decodeMessageNode(stanza, me?.id ?? '', me?.lid ?? '');
    cleanMessage(fullMessage, me?.id ?? '', me?.lid ?? '');
    fileWithBot(fullMessage.key, stanza);
    return fullMessage.key;
  } catch {
    return botKeyOf(stanza);
  }
}

/** Files what the account asks an assistant in the chat with it. */
export function fileWithBot(key: WAMessageKey, stanza: BinaryNode): void {
  const chat = botChatOf(stanza);
  if (chat === null) return;
  key.remoteJid = chat;
  delete key.remoteJidAlt;
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
  const answer = botAnswerOf(stanza);
  const key = answer && identifyMessage(stanza, me);
  if (answer && key) return botMessage(stanza, key, proto.Message.decode(unpadRandomMax16(await recall(answer.ciphertext))), answer);
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
  fileWithBot(message.fullMessage.key, stanza);
  return message.fullMessage;
}
