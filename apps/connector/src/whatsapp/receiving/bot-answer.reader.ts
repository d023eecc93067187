import type { BinaryNode, proto, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, jidNormalizedUser, proto as protobuf } from '../baileys.js';

const { MESSAGE_EDIT } = protobuf.Message.ProtocolMessage.Type;
/** Parts of a streamed answer that replace what came before; keys are made of the id of the first one (whatsmeow `EditTypeInner`, `EditTypeLast`). */
const REPLACING: ReadonlySet<string | undefined> = new Set(['inner', 'last']);

/** An answer of an assistant, or a part of one: encrypted under the secret of the message that asks. */
export interface BotAnswer {
  /** Jid of the assistant, without a device. */
  readonly bot: string;
  /** Id of the message that asks. */
  readonly promptId: string;
  /** Who asks; `null` when it is this account. */
  readonly prompter: string | null;
  /** The first part of the answer, which this one replaces; `null` when it is that part. */
  readonly replaces: string | null;
  /** Of which id the key may be made, the likely one first. */
  readonly keyIds: readonly string[];
  readonly ciphertext: Uint8Array;
  readonly sealed: { readonly encPayload: Uint8Array; readonly encIv: Uint8Array };
}

/** `null` when the message of a stanza is no answer of an assistant, or does not say which message asks. */
export function botAnswerOf(stanza: BinaryNode): BotAnswer | null {
  const { id, from, participant } = stanza.attrs;
  const enc = getBinaryNodeChild(stanza, 'enc');
  // Every message passes here.
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

/** The message of an answer as Baileys would read it. A part that replaces the first one is an edit of it, whether it comes as one or as bare content. */
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

/** The chat of an assistant: what the account asks at its phone belongs into it, which Baileys files under the account. */
export function botChatOf({ attrs: { recipient } }: BinaryNode): string | null {
  return recipient?.endsWith(BOT_SERVER) ? recipient : null;
}

/** The key of an answer in the private chat with an assistant, which Baileys does not know; a chat that the service names goes first (whatsmeow `MsgMetaInfo.TargetChat`). */
export function botKeyOf(stanza: BinaryNode): WAMessageKey | null {
  const { id, from } = stanza.attrs;
  if (!id || !from?.endsWith(BOT_SERVER) || !botAnswerOf(stanza)) return null;
  const chat = getBinaryNodeChild(stanza, 'meta')?.attrs['target_chat_jid'];
  return { remoteJid: chat ? jidNormalizedUser(chat) : from, fromMe: false, id, ...(chat ? { participant: from } : {}) };
}

/** The number form of Meta AI, by which WhatsApp knows its chat in receipts (whatsmeow `BotJIDMap`). */
const NUMBER_FORMS: Readonly<Record<string, string>> = { '867051314767696@bot': '13135550002@s.whatsapp.net' };

/** The receipt for what the account asks an assistant at its phone names the chat with it, as far as it is one. */
export function botReceipt(receipt: BinaryNode, received: BinaryNode | null): BinaryNode {
  const { attrs, tag } = receipt;
  const chat = received && botChatOf(received);
  if (!chat || tag !== 'receipt' || attrs['type'] !== 'sender' || attrs['id'] !== received.attrs['id']) return receipt;
  return { ...receipt, attrs: { ...attrs, recipient: NUMBER_FORMS[chat] ?? chat } };
}
