import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren, isJidGroup, jidNormalizedUser } from '../baileys.js';

/** A device asks for a message again that it could not read. */
export interface RetryReceipt {
  /** Of the message. */
  readonly id: string;
  /** The jid of the device, with its number unless it is a phone. */
  readonly asker: string;
  /** Jid of the chat as the stanza names it: a group, the broadcast of status posts, or a user without a device. */
  readonly chat: string;
  /** Whether the asker is a device of the account itself. */
  readonly own: boolean;
  /** How often the device says that it has asked. Never trust it: it may stay 1 (whatsapp-rust PR 870). */
  readonly count: number;
  /** The stanza, with the keys of the device from the second time on. */
  readonly stanza: BinaryNode;
}

/** Whether a `<receipt>` asks for a message again. Those of calls (`enc_rekey_retry`) have a type of their own. */
export function isRetryReceipt({ attrs }: BinaryNode): boolean {
  return attrs['type'] === 'retry';
}

/** What a retry receipt asks for, one entry for each message; empty for one that says too little. `isMe`: whether a jid is one of the account. */
export function readRetryReceipt(stanza: BinaryNode, isMe: (jid: string) => boolean): RetryReceipt[] {
  const { from, participant, recipient, id } = stanza.attrs;
  const asker = participant ?? from;
  if (!from || !asker) return [];
  const own = isMe(asker);
  // One that names a recipient and is not from the account asks for a message that somebody else sent.
  if (recipient && !own) return [];
  const shared = isJidGroup(from) === true || from.endsWith('@broadcast');
  const chat = shared ? from : jidNormalizedUser(own ? (recipient ?? from) : from);
  const count = Number(getBinaryNodeChild(stanza, 'retry')?.attrs['count']) || 1;
  const list = getBinaryNodeChild(stanza, 'list');
  const ids = [id, ...getBinaryNodeChildren(list, 'item').map(item => item.attrs['id'])];
  return ids.flatMap(each => (each ? [{ id: each, asker, chat, own, count, stanza }] : []));
}
