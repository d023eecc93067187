import type { EventEmitter } from 'node:events';
import type { BaileysEventMap, BinaryNode, WAMessage, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isJidNewsletter, proto } from '../baileys.js';

/** The values of `edit` for an edit by a channel admin and by anybody else (whatsmeow `types.EditAttribute`). */
const EDITS: ReadonlySet<string> = new Set(['1', '3']);
const DELETIONS: ReadonlySet<string> = new Set(['7', '8']);

type Updates = BaileysEventMap['messages.update'];

/**
 * Turns a corrected or deleted channel post into an edit or deletion of the post. It arrives under the id of the post with the new content, marked by `edit` or
 * by the time `msg_edit_t` (whatsmeow `NewsletterMessageMeta`). Baileys would emit the post again, and the event log would treat that as a duplicate.
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
 * Emits the update of a correction after its message. Baileys buffers both, and since they have the same id, it would merge the update into the message, and
 * the result would be neither.
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

/** Replaces the content of a correction in place, since Baileys reads the stanza after this. */
function mark(stanza: BinaryNode, post: { channel: string; id: string | undefined }): void {
  const plaintext = getBinaryNodeChild(stanza, 'plaintext');
  if (!plaintext || post.id === undefined) return;
  const corrected = correctionOf(stanza, plaintext.content, { remoteJid: post.channel, fromMe: false, id: post.id });
  if (corrected) plaintext.content = proto.Message.encode(corrected).finish();
}

/** Returns the change that a corrected post makes; `null` for a new post, and for content that already is an edit. */
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

/** Converts to milliseconds: WhatsApp sends both seconds and milliseconds. */
const millis = (time: number): number => (time < 1e11 ? time * 1000 : time);

function decoded(content: BinaryNode['content']): proto.IMessage | null {
  if (!(content instanceof Uint8Array)) return null;
  try {
    return proto.Message.decode(content);
  } catch {
    // Baileys logs it.
    return null;
  }
}
