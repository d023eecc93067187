import type { BinaryNode } from '@whiskeysockets/baileys';

const STATUS_BROADCAST = 'status@broadcast';

/** The tags that Baileys acknowledges, the tag of `CB:status`, and the tags without an ack. */
const WITH_A_WAY_OF_THEIR_OWN = new Set([
  ...['message', 'receipt', 'notification', 'call', 'status'],
  ...['iq', 'ack', 'ib', 'presence', 'chatstate', 'success', 'failure', 'stream:error', 'xmlstreamend']
]);

/** Whether a stanza is a status post of a contact or a post of a channel, which are handled as messages. */
export function isPost({ tag, attrs }: BinaryNode): boolean {
  return tag === 'status' && (attrs['from'] === STATUS_BROADCAST || attrs['from']?.endsWith('@newsletter') === true);
}

/**
 * Whether a stanza needs an ack but has no handler. Without the ack, it stays in WhatsApp's queue, and WhatsApp may end the stream
 * (whatsmeow a7ea5638, WAHA 2151).
 */
export function isUnknown(stanza: BinaryNode): boolean {
  const { tag, attrs } = stanza;
  if (!attrs['id'] || !attrs['from']) return false;
  return tag === 'status' ? !isPost(stanza) : !WITH_A_WAY_OF_THEIR_OWN.has(tag);
}

/**
 * Returns the ack of a stanza with its tag as the class, like WhatsApp Web. The ack of a post also has `from`, the jid of this device (`own`); the ack of a
 * message has no `type`.
 */
export function ackOf({ tag, attrs }: BinaryNode, own: string | undefined): BinaryNode {
  const ack: BinaryNode['attrs'] = { id: attrs['id'] ?? '', to: attrs['from'] ?? '', class: tag };
  for (const name of ['participant', 'recipient', ...(tag === 'message' ? [] : ['type'])]) if (attrs[name]) ack[name] = attrs[name];
  if (tag === 'status' && own) ack['from'] = own;
  return { tag: 'ack', attrs: ack };
}

/** The state of the message that Baileys acknowledges. */
export interface AckedMessage {
  /** Whether it arrived as a post, whose ack has a different class. */
  readonly post: boolean;
  /** Whether another delivery would be useless: the message has its event, or a retry receipt for it was sent. */
  readonly isSettled: boolean;
}

/**
 * Returns the ack to send instead of Baileys' ack of a message; `null` for none. The ack of a settled message loses its error 500: WhatsApp keeps a message
 * that is acknowledged with an error, and a post at the head of the queue then blocks everything behind it (Baileys PR 2779). Other errors stay, since a resend
 * would not fix them.
 */
export function correctedAck(ack: BinaryNode, { post, isSettled }: AckedMessage): BinaryNode | null {
  if (post) return null;
  if (!isSettled || ack.attrs['error'] !== '500') return ack;
  const { error: _error, ...attrs } = ack.attrs;
  return { ...ack, attrs };
}
