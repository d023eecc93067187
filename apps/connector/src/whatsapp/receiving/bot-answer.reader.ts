import type { BinaryNode, proto, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, jidNormalizedUser, proto as protobuf } from '../baileys.js';

const { MESSAGE_EDIT } = protobuf.Message.ProtocolMessage.Type;
/** Parts of a streamed answer that replace earlier parts; their keys are derived from the id of the first part (whatsmeow `EditTypeInner`, `EditTypeLast`). */
const REPLACING: ReadonlySet<string | undefined> = new Set(['inner', 'last']);

/** An assistant's answer or a part of it, encrypted with the secret of the prompt, which is the message that asks. */
export interface BotAnswer {
  /** The jid of the assistant, without a device part. */
  readonly bot: string;
  /** The id of the prompt. */
  readonly promptId: string;
  /** The author of the prompt; `null` if it is this account. */
  readonly prompter: string | null;
  /** The id of the first part of the answer, which this part replaces; `null` if this is the first part. */
  readonly replaces: string | null;
  /** The ids from which the key may be derived, the most likely one first. */
  readonly keyIds: readonly string[];
  readonly ciphertext: Uint8Array;
  readonly sealed: { readonly encPayload: Uint8Array; readonly encIv: Uint8Array };
}

/** Reads an assistant's answer; returns `null` if the stanza has none, or has no prompt id. */
export function botAnswerOf(stanza: BinaryNode): BotAnswer | null {
  const { id, from, participant } = stanza.attrs;
  const enc = getBinaryNodeChild(stanza, 'enc');
  // First, since every message passes here.
  if (enc?.attrs['type'] !== 'msmsg') return null;
  const meta = getBinaryNodeChild(stanza, 'meta')?.attrs ?? {};
  const bot = getBinaryNodeChild(stanza, 'bot')?.attrs ?? {};
  const author = participant ?? from;
  if (!(enc.content instanceof Uint8Array) || !id || !author || !meta['target_id']) return null;
  const target = bot['edit_target_id'];
  const replaces = REPLACING.has(bot['edit']) && target ? target : null;
  return {
    bot: jidNormalizedUser(author),
    promptId: meta['target_id'],
    prompter: meta['target_sender_jid'] ? jidNormalizedUser(meta['target_sender_jid']) : null,
    replaces,
    // WhatsApp Web tries both (whatsapp-rust PR 650).
    keyIds: [...new Set([replaces ?? id, ...(target ? [target] : []), id])],
    ciphertext: enc.content,
    sealed: sealedIn(enc.content)
  };
}

function sealedIn(ciphertext: Uint8Array): BotAnswer['sealed'] {
  try {
    const { encPayload, encIv } = protobuf.MessageSecretMessage.decode(ciphertext);
    return { encPayload: encPayload ?? new Uint8Array(), encIv: encIv ?? new Uint8Array() };
  } catch {
    return { encPayload: new Uint8Array(), encIv: new Uint8Array() };
  }
}

/** Returns the message of an answer in Baileys' form. A part that replaces the first part becomes an edit of it, even if it arrives as bare content. */
export function botMessage({ attrs }: BinaryNode, key: WAMessageKey, plaintext: proto.IMessage, { replaces }: BotAnswer): WAMessage {
  const { messageContextInfo, ...content } = plaintext;
  const isEdit = content.protocolMessage?.type === MESSAGE_EDIT;
  const edit = { protocolMessage: { key: { ...key, id: replaces }, type: MESSAGE_EDIT, editedMessage: content } };
  const message = replaces && !isEdit ? { ...edit, ...(messageContextInfo ? { messageContextInfo } : {}) } : plaintext;
  return {
    key,
    messageTimestamp: Number(attrs['t']) || Math.floor(Date.now() / 1_000),
    ...(attrs['notify'] ? { pushName: attrs['notify'] } : {}),
    message: protobuf.Message.fromObject(message)
  };
}

const BOT_SERVER = '@bot';

/** Returns the chat with an assistant for a prompt that was sent on the phone, which Baileys assigns to the account's chat with itself. */
export function botChatOf({ attrs: { recipient } }: BinaryNode): string | null {
  return recipient?.endsWith(BOT_SERVER) ? recipient : null;
}

/**
 * Returns the key of an answer in the private chat with an assistant, which Baileys does not support. A chat in the stanza takes precedence (whatsmeow
 * `MsgMetaInfo.TargetChat`).
 */
export function botKeyOf(stanza: BinaryNode): WAMessageKey | null {
  const { id, from } = stanza.attrs;
  if (!id || !from?.endsWith(BOT_SERVER) || !botAnswerOf(stanza)) return null;
  const chat = getBinaryNodeChild(stanza, 'meta')?.attrs['target_chat_jid'];
  return { remoteJid: chat ? jidNormalizedUser(chat) : from, fromMe: false, id, ...(chat ? { participant: from } : {}) };
}

/** The number of Meta AI, which WhatsApp uses for its chat in receipts (whatsmeow `BotJIDMap`). */
const NUMBER_FORMS: Readonly<Record<string, string>> = { '867051314767696@bot': '13135550002@s.whatsapp.net' };

/** Adds the chat with the assistant to the receipt for a prompt that was sent on the phone; returns any other receipt unchanged. */
export function botReceipt(receipt: BinaryNode, received: BinaryNode | null): BinaryNode {
  const { attrs, tag } = receipt;
  const chat = received && botChatOf(received);
  if (!chat || tag !== 'receipt' || attrs['type'] !== 'sender' || attrs['id'] !== received.attrs['id']) return receipt;
  return { ...receipt, attrs: { ...attrs, recipient: NUMBER_FORMS[chat] ?? chat } };
}
