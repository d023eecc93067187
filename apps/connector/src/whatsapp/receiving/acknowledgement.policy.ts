import type { BinaryNode } from '@whiskeysockets/baileys';

const STATUS_BROADCAST = 'status@broadcast';

/** What Baileys acknowledges, what `CB:status` is handled for, and what has no ack. */
const WITH_A_WAY_OF_THEIR_OWN = new Set([
  ...['message', 'receipt', 'notification', 'call', 'status'],
  ...['iq', 'ack', 'ib', 'presence', 'chatstate', 'success', 'failure', 'stream:error', 'xmlstreamend']
]);

/** Whether a stanza is a post of a contact or of a channel, which is received as a message. */
export function isPost({ tag, attrs }: BinaryNode): boolean {
  return tag === 'status' && (attrs['from'] === STATUS_BROADCAST || attrs['from']?.endsWith('@newsletter') === true);
}

/**
 * Whether nobody handles a stanza that the service expects an ack for. Without one it stays in the queue, and the stream may be ended
 * (whatsmeow a7ea5638, WAHA 2151).
 */
export function isUnknown(stanza: BinaryNode): boolean {
  const { tag, attrs } = stanza;
  if (!attrs['id'] || !attrs['from']) return false;
  return tag === 'status' ? !isPost(stanza) : !WITH_A_WAY_OF_THEIR_OWN.has(tag);
}

/** The ack of a stanza under its own tag, as WhatsApp Web writes it; a post's has `from` besides, and a message's no type. `own` is the jid of this device. */
export function ackOf({ tag, attrs }: BinaryNode, own: string | undefined): BinaryNode {
  const ack: BinaryNode['attrs'] = { id: attrs['id'] ?? '', to: attrs['from'] ?? '', class: tag };
  for (const name of ['participant', 'recipient', ...(tag === 'message' ? [] : ['type'])]) if (attrs[name]) ack[name] = attrs[name];
  if (tag === 'status' && own) ack['from'] = own;
  return { tag: 'ack', attrs: ack };
}

/** What is known of the message that Baileys acknowledges. */
export interface AckedMessage {
  /** It came as a post, which has an ack of its own class. */
  readonly post: boolean;
  /** Nothing is gained when it comes again: it has its event, or a retry receipt for it went out. */
  readonly isSettled: boolean;
}

/**
 * Baileys' ack of a message in the form in which it leaves. After a retry receipt, and beside an event, it loses its error 500: the service keeps what is acknowledged by an error, and a post at the head of
 * the queue then holds back everything (Baileys PR 2779). Other errors stay, since no resend can mend what they name.
 */
export function correctedAck(ack: BinaryNode, { post, isSettled }: AckedMessage): BinaryNode | null {
  if (post) return null;
  if (!isSettled || ack.attrs['error'] !== '500') return ack;
  const { error: _error, ...attrs } = ack.attrs;
  return { ...ack, attrs };
}
