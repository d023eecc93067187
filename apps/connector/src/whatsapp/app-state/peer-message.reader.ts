import type { AuthenticationCreds, BinaryNode, proto as Proto } from '@whiskeysockets/baileys';
import { proto, unpadRandomMax16 } from '../baileys.js';
import { isOwnJid } from '../linked-account.js';

/** Returns the protocol message that another device of the account sent to this one; `null` for every other stanza or plaintext. */
export function readPeerMessage(
  { attrs }: BinaryNode,
  plaintext: Uint8Array,
  creds: Pick<AuthenticationCreds, 'me'>
): Proto.Message.IProtocolMessage | null {
  if (attrs['category'] !== 'peer' || !isOwnJid(attrs['from'] ?? '', creds)) return null;
  try {
    return proto.Message.decode(unpadRandomMax16(plaintext)).protocolMessage ?? null;
  } catch {
    return null;
  }
}
