import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren } from '../baileys.js';

/**
 * Puts devices that are run for a business (`is_hosted`) to the end of each list that comes: Baileys takes every device behind one for hosted too (`extractDeviceJids`), and writes to a jid that
 * nobody has.
 */
export function listHostedLast(stanzas: EventEmitter): void {
  // Baileys gets the same object next.
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
