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

/** The text in the place where Baileys puts its reason for a message without content. */
const STUB_TEXT = 'Withheld by WhatsApp';

type Repository = ReturnType<SocketConfig['makeSignalRepository']>;

/** Returns the key of a ciphertext in the inbox. */
export function hashOf(ciphertext: Uint8Array): string {
  return createHash('sha256').update(ciphertext).digest('base64url');
}

/** Returns the key of a stanza's message as in its event; `null` if the stanza is not a message. */
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

/** Assigns a prompt from the account to the chat with the assistant. */
export function fileWithBot(key: WAMessageKey, stanza: BinaryNode): void {
  const chat = botChatOf(stanza);
  if (chat === null) return;
  key.remoteJid = chat;
  delete key.remoteJidAlt;
}

/** Returns the message key of a stanza with content to decrypt; `null` for every other stanza, of which no plaintext is stored. */
export function identifySealed(stanza: BinaryNode, me: Contact | undefined): WAMessageKey | null {
  // Bytes, or the placeholder for large bytes in a stored stanza.
  const sealed = getBinaryNodeChildren(stanza, 'enc').filter(({ content }) => typeof content === 'object' && !Array.isArray(content));
  // Baileys skips a message whose first part has this type; only assistants' answers among them are opened.
  const isOpened = sealed[0]?.attrs['type'] !== 'msmsg' || botAnswerOf(stanza) !== null;
  return sealed.length > 0 && isOpened ? identifyMessage(stanza, me) : null;
}

export function isSealed(stanza: BinaryNode, me: Contact | undefined): boolean {
  return identifySealed(stanza, me) !== null;
}

/** Returns the message of a stored stanza. If the stanza has nothing to decrypt, adds the data that is known without a key. */
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

/**
 * Returns a substitute for a message that WhatsApp withholds from this device or that is from an unknown sender; `null` for any other message. Its key is empty
 * if the stanza has none.
 */
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

/** Rebuilds the message of the current stanza from its decrypted content, after Baileys failed to do so; `null` if nothing was decrypted. */
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

/** Reads the message of a stanza from content that was decrypted earlier, in the form of its event. Uses and changes no keys, and sends nothing to WhatsApp. */
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
    // Baileys inverts the key in a reaction or a vote, which may be missing. By then the key of the message itself is clean.
  }
  fileWithBot(message.fullMessage.key, stanza);
  return message.fullMessage;
}
