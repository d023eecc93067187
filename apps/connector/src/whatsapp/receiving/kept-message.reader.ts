import { createHash } from 'node:crypto';
import type { BinaryNode, Contact, SocketConfig, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import {
  cleanMessage,
  decodeMessageNode,
  decryptMessageNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  proto,
  unpadRandomMax16
} from '../baileys.js';
import type { Logger } from 'pino';
import { baileysLogger } from '../baileys.logger.js';
import { botAnswerOf, botChatOf, botKeyOf, botMessage } from './bot-answer.reader.js';
import type { CurrentStanza } from './message-reception.js';
import type { MessageIdentity } from '../inbox.js';
import { plainKey, whyWithout } from './withheld.mapper.js';

/** Stands where Baileys gives its reason for a message without content. */
const STUB_TEXT = 'Withheld by WhatsApp';

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

/** Which message a stanza is that has something for Baileys to decrypt. `null` for every other stanza, which is confirmed without anything being kept. */
export function identifySealed(stanza: BinaryNode, me: Contact | undefined): WAMessageKey | null {
  // Bytes, or what stands for large ones in a stanza that is kept.
  const sealed = getBinaryNodeChildren(stanza, 'enc').filter(({ content }) => typeof content === 'object' && !Array.isArray(content));
  // Baileys leaves out a message that begins with one of this type; of these only answers of assistants are opened.
  const isOpened = sealed[0]?.attrs['type'] !== 'msmsg' || botAnswerOf(stanza) !== null;
  return sealed.length > 0 && isOpened ? identifyMessage(stanza, me) : null;
}

export function isSealed(stanza: BinaryNode, me: Contact | undefined): boolean {
  return identifySealed(stanza, me) !== null;
}

/** The same for a stanza that is kept, with what can be known of it without a key: of one that has nothing to decrypt. */
export function identifyKept(stanza: BinaryNode, me: Contact | undefined): MessageIdentity | null {
  const sealed = identifySealed(stanza, me);
  if (sealed) return sealed;
  const key = identifyMessage(stanza, me) ?? plainKey(stanza);
  if (!key) return null;
  const plaintext = getBinaryNodeChild(stanza, 'plaintext');
  if (!plaintext) return { ...key, known: { messageStubType: proto.WebMessageInfo.StubType.CIPHERTEXT } };
  if (!(plaintext.content instanceof Uint8Array)) return key;
  try {
    return { ...key, known: { message: proto.Message.decode(plaintext.content) } };
  } catch {
    return key;
  }
}

/** What stands in place of a message that is kept from this device or comes of an unknown sender; `null` when it is neither. Its key is empty when the stanza has none. */
export function withheldMessage(stanza: BinaryNode, me: Contact | undefined): WAMessage | null {
  const readable = identifyMessage(stanza, me);
  const withheld = whyWithout(stanza, readable !== null);
  if (!withheld) return null;
  const { t, notify } = stanza.attrs;
  const message = {
    key: readable ?? plainKey(stanza) ?? {},
    messageTimestamp: Number(t) || Math.floor(Date.now() / 1000),
    ...(notify ? { pushName: notify } : {}),
    messageStubType: proto.WebMessageInfo.StubType.CIPHERTEXT,
    messageStubParameters: [STUB_TEXT, withheld.reason],
    withheld
  };
  return message;
}

/** The message of a stanza that is being handled once more, from what was decrypted of it; `null` when nothing was. */
export async function readOpened(
  stanza: BinaryNode,
  { currentStanza, me, logger, ended }: { currentStanza: CurrentStanza; me: Contact | undefined; logger: Logger; ended: AbortController }
): Promise<WAMessage | null> {
  const { plaintexts } = currentStanza;
  if (plaintexts.size === 0 && !getBinaryNodeChild(stanza, 'plaintext')) return null;
  logger.warn({ id: stanza.attrs['id'] }, 'baileys failed to build a message from the decrypted content');
  const find = (ciphertext: Uint8Array) => Promise.resolve(plaintexts.get(ciphertext) ?? null);
  const message = await readKeptMessage(stanza, find, me, baileysLogger(logger, ended.signal));
  return message.message ? message : null;
}

/** The message of a stanza as its event has it, read from what was decrypted before: no key is used or changed, and WhatsApp receives nothing. */
export async function readKeptMessage(
  stanza: BinaryNode,
  find: (ciphertext: Uint8Array) => Promise<Uint8Array | null>,
  me: Contact | undefined,
  logger: SocketConfig['logger']
): Promise<WAMessage> {
  const recall = async (ciphertext: Uint8Array): Promise<Uint8Array> => {
    const plaintext = await find(ciphertext);
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
  try {
    cleanMessage(message.fullMessage, me?.id ?? '', me?.lid ?? '');
  } catch {
    // Baileys inverts the key that a reaction or a vote has, which may be missing. The key of the message itself is clean by then.
  }
  fileWithBot(message.fullMessage.key, stanza);
  return message.fullMessage;
}
