import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren, isJidGroup, jidNormalizedUser } from '../baileys.js';

/** A device's request to resend a message that it could not read. */
export interface RetryReceipt {
  /** The id of the message. */
  readonly id: string;
  /** The jid of the asking device, with a device part unless it is a phone. */
  readonly asker: string;
  /** The jid of the chat as in the stanza: a group, the broadcast of status posts, or a user without a device part. */
  readonly chat: string;
  /** Whether the asker is a device of the account itself. */
  readonly own: boolean;
  /** How often the device reports to have asked. Do not rely on it: it may stay 1 (whatsapp-rust PR 870). */
  readonly count: number;
  /** The stanza, which contains the keys of the device from its second request on. */
  readonly stanza: BinaryNode;
}

/** Whether a `<receipt>` requests a message again. Requests for calls (`enc_rekey_retry`) have a different type. */
export function isRetryReceipt({ attrs }: BinaryNode): boolean {
  return attrs['type'] === 'retry';
}

/** Reads the requests in a retry receipt, one for each message; none if the receipt is incomplete. `isMe` is whether a jid belongs to the account. */
export function readRetryReceipt(stanza: BinaryNode, isMe: (jid: string) => boolean): RetryReceipt[] {
  const { from, participant, recipient, id } = stanza.attrs;
  const asker = participant ?? from;
  if (!from || !asker) return [];
  const own = isMe(asker);
  // A receipt with a recipient that is not from the account requests a message that somebody else sent.
  if (recipient && !own) return [];
  const shared = isJidGroup(from) === true || from.endsWith('@broadcast');
  const chat = shared ? from : jidNormalizedUser(own ? (recipient ?? from) : from);
  const count = Number(getBinaryNodeChild(stanza, 'retry')?.attrs['count']) || 1;
  const list = getBinaryNodeChild(stanza, 'list');
  const ids = [id, ...getBinaryNodeChildren(list, 'item').map(item => item.attrs['id'])];
  return ids.flatMap(each => (each ? [{ id: each, asker, chat, own, count, stanza }] : []));
}
