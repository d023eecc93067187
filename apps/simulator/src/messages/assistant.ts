import { randomBytes } from 'node:crypto';
import { generateMessageIDV2, proto } from '@whiskeysockets/baileys';
import { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { cloneStanza, element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { phoneSecretsOf, type SecretBearer } from './phone-secrets.js';
import { sealForAsker } from './secret-part.codec.js';

/** Meta AI. */
export const ASSISTANT = '867051314767696@bot';
const { MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;
const { AIRichResponseMessageType, AIRichResponseSubMessageType } = proto;

/** An answer in parts: each part has the whole text so far. */
export interface Answer {
  /** The account whose private chat receives the answer, or the group. */
  readonly to: Account | Group;
  /** Id of the message with the prompt. */
  readonly target: string;
  readonly parts: readonly string[];
  /** How often each part is delivered, as after a lost confirmation. */
  readonly copies: number;
  /** Encrypted with a secret that nobody has. */
  readonly lostSecret: boolean;
}

interface Asked extends Answer {
  readonly prompt: SecretBearer;
  /** The jid of the asker in this chat. */
  readonly asker: string;
  readonly first: string;
}

/**
 * Returns the stanzas of an answer (whatsmeow message.go and msgsecret.go, whatsapp-rust PR 650, zapo PR 64, mautrix PR 827): each is a message of
 * its own, encrypted with the secret of the prompt. The first part has the content, the others are edits of it, and `<bot>` distinguishes them;
 * `<meta>` refers to the prompt. A private chat does not name the asker: it is the account, by LID.
 */
function answerStanzas(asked: Asked): Stanza[] {
  const { to, target, parts, prompt, asker, first, lostSecret } = asked;
  const isGroup = !(to instanceof Account);
  return parts.map((text, i) => {
    const id = i === 0 ? first : generateMessageIDV2();
    const edit = i === 0 ? 'first' : i === parts.length - 1 ? 'last' : 'inner';
    const plaintext = proto.Message.encode(i === 0 ? spoken(text) : editOf(asked, text)).finish();
    const secret = lostSecret ? randomBytes(32) : prompt.secret;
    const sealed = sealForAsker(plaintext, { secret, id: first, author: asker, sender: ASSISTANT });
    const enc = proto.MessageSecretMessage.encode({ version: 1, ...sealed }).finish();
    const place = isGroup ? { from: to.jid, participant: ASSISTANT } : { from: ASSISTANT };
    return element('message', { ...place, id, type: 'text', notify: 'Meta AI' }, [
      element('meta', { target_id: target, ...(isGroup ? { target_sender_jid: asker } : {}) }),
      element('bot', { edit, edit_target_id: i === 0 ? '' : first }),
      element('enc', { v: '2', type: 'msmsg' }, Buffer.from(enc))
    ]);
  });
}

function spoken(text: string): proto.Message {
  const submessages = [{ messageType: AIRichResponseSubMessageType.AI_RICH_RESPONSE_TEXT, messageText: text }];
  const messageType = AIRichResponseMessageType.AI_RICH_RESPONSE_TYPE_STANDARD;
  return proto.Message.fromObject({ richResponseMessage: { messageType, submessages } });
}

/** Returns an edit of the first part. The key is the assistant's view: the chat is the asker, and the message is its own. */
function editOf({ first, asker, to }: Asked, text: string): proto.Message {
  const key = { remoteJid: to instanceof Account ? asker : to.jid, fromMe: true, id: first };
  return proto.Message.fromObject({ protocolMessage: { key, type: MESSAGE_EDIT, editedMessage: spoken(text), timestampMs: Date.now() } });
}

/** Delivers an answer to the linked devices of everybody in the chat; returns `null` if none of them has the prompt. */
export function answer(world: World, wanted: Answer): string[] | null {
  const { to, target, copies } = wanted;
  const readers = to instanceof Account ? [to] : [...to.members.keys()];
  const prompt = readers.map(each => phoneSecretsOf(world).find(each, target)).find(found => found !== undefined);
  if (!prompt) return null;
  const asker = prompt.author.jid(to instanceof Account ? 'lid' : to.addressing);
  const stanzas = answerStanzas({ ...wanted, prompt, asker, first: generateMessageIDV2() });
  for (const stanza of stanzas)
    for (const reader of readers) for (let copy = 0; copy < copies; copy++) world.deliverToAll(reader, cloneStanza(stanza));
  return stanzas.map(({ attrs }) => attrs['id'] ?? '');
}
