import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { getBinaryNodeChild } from '../baileys.js';
import { readExpiration } from './client-expiration.codec.js';

/** Calls `expires` when WhatsApp announces until when it accepts the presented version (ISO time), or withdraws that (`null`). */
export function listenToExpiration(stanzas: EventEmitter, expires: (at: string | null) => void, logger: Logger): void {
  stanzas.on('CB:ib,,client_expiration', (ib: BinaryNode) => {
    const t = getBinaryNodeChild(ib, 'client_expiration')?.attrs['t'];
    const expiration = readExpiration(t);
    switch (expiration.kind) {
      case 'announced':
        return expires(expiration.at);
      case 'withdrawn':
        return expires(null);
      case 'unreadable':
        logger.warn({ t }, 'cannot parse the announced end date of this whatsapp version');
    }
  });
}
