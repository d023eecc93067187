import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren } from '../baileys.js';

/**
 * Moves devices that are hosted for a business (`is_hosted`) to the end of each received list: Baileys considers every device after a hosted one hosted too
 * (`extractDeviceJids`), and then sends to a jid that does not exist.
 */
export function listHostedLast(stanzas: EventEmitter): void {
  // Sorts in place, since Baileys gets the same object next.
  stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
    if (frame instanceof Uint8Array || frame.tag !== 'iq') return;
    const users = getBinaryNodeChildren(getBinaryNodeChild(getBinaryNodeChild(frame, 'usync'), 'list'), 'user');
    for (const user of users) {
      const list = getBinaryNodeChild(getBinaryNodeChild(user, 'devices'), 'device-list');
      if (!Array.isArray(list?.content)) continue;
      const { content } = list;
      content.sort((a, b) => Number(isHosted(a)) - Number(isHosted(b)));
    }
  });
}

const isHosted = ({ attrs }: BinaryNode): boolean => attrs['is_hosted'] === 'true';
