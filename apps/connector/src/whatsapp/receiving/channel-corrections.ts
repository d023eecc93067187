import type { EventEmitter } from 'node:events';
import type { BaileysEventMap, BinaryNode, WAMessage, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isJidNewsletter, proto } from '../baileys.js';

/** Marks of an edit: of the admin of a channel, of anybody else (whatsmeow `types.EditAttribute`). */
const EDITS: ReadonlySet<string> = new Set(['1', '3']);
const DELETIONS: ReadonlySet<string> = new Set(['7', '8']);

type Updates = BaileysEventMap['messages.update'];

/**
 * Has a corrected or deleted post of a channel come as an edit or a deletion of the post. It comes under the id of the post with the new content, marked by `edit` or by
 * the time `msg_edit_t` (whatsmeow `NewsletterMessageMeta`); Baileys would emit it as the post once more, which is taken for a copy.
 */
export function reportCorrections(stanzas: EventEmitter): void {
  stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || !isJidNewsletter(frame.attrs['from'])) return;
    if (frame.tag === 'message') mark(frame, { channel: frame.attrs['from']!, id: frame.attrs['id'] });
    if (frame.tag !== 'notification' || !Array.isArray(frame.content)) return;
    for (const child of frame.content) {
      const id = child.attrs['message_id'] ?? child.attrs['server_id'];
      if (child.tag === 'message') mark(child, { channel: frame.attrs['from']!, id });
    }
  });
}

/**
 * Emits the update by a correction after the message with it. Baileys collects both, and since they have one id it makes the message and its update one thing, which is neither.
 */
export function emitCorrectionsApart(ev: WASocket['ev']): void {
  const [emit, flush] = [ev.emit.bind(ev), ev.flush.bind(ev)];
  const corrected = new Set<string>();
  let held: Updates = [];
  ev.emit = (event, payload) => {
    if (event === 'messages.upsert') {
      const { messages } = payload as BaileysEventMap['messages.upsert'];
      for (const message of messages) if (isCorrection(message)) corrected.add(message.key.id!);
    }
    if (event !== 'messages.update' || corrected.size === 0 || !ev.isBuffering()) return emit(event, payload);
    const isApart = ({ key }: Updates[number]): boolean => corrected.has(key.id ?? '');
    const updates = payload as Updates;
    held = [...held, ...updates.filter(isApart)];
    const others = updates.filter(update => !isApart(update));
    return others.length === 0 || emit('messages.update', others);
  };
  ev.flush = () => {
    const isFlushed = flush();
    const updates = held;
    held = [];
    corrected.clear();
    if (updates.length > 0) emit('messages.update', updates);
    return isFlushed;
  };
}

const isCorrection = ({ key, message }: WAMessage): boolean => Boolean(key.id) && message?.protocolMessage?.key?.id === key.id;

/** Baileys reads the stanza after this, so its content is exchanged in place. */
function mark(stanza: BinaryNode, post: { channel: string; id: string | undefined }): void {
  const plaintext = getBinaryNodeChild(stanza, 'plaintext');
  if (!plaintext || post.id === undefined) return;
  const corrected = correctionOf(stanza, plaintext.content, { remoteJid: post.channel, fromMe: false, id: post.id });
  if (corrected) plaintext.content = proto.Message.encode(corrected).finish();
}

/** What a post changes of the one before; `null` for one that is new, and for one that says so itself. */
function correctionOf(stanza: BinaryNode, content: BinaryNode['content'], key: proto.IMessageKey): proto.IMessage | null {
  const { edit = '' } = stanza.attrs;
  const editedAt = Number(getBinaryNodeChild(stanza, 'meta')?.attrs['msg_edit_t'] ?? 0);
  const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;
  if (DELETIONS.has(edit)) return { protocolMessage: { key, type: REVOKE } };
  if (!EDITS.has(edit) && !(editedAt > 0)) return null;
  const editedMessage = decoded(content);
  if (!editedMessage || editedMessage.protocolMessage || editedMessage.editedMessage) return null;
  const seconds = editedAt > 0 ? editedAt : Number(stanza.attrs['t']);
  return { protocolMessage: { key, type: MESSAGE_EDIT, editedMessage, timestampMs: Number.isFinite(seconds) ? millis(seconds) : null } };
}

/** Either unit is seen. */
const millis = (time: number): number => (time < 1e11 ? time * 1000 : time);

function decoded(content: BinaryNode['content']): proto.IMessage | null {
  if (!(content instanceof Uint8Array)) return null;
  try {
    return proto.Message.decode(content);
  } catch {
    // Baileys says so.
    return null;
  }
}
