import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { SocketCaches } from '../socket-caches.js';
import { leaveViewOnce } from './view-once-placeholders.js';

const message = (id: string, type?: string): BinaryNode => ({
  tag: 'message',
  attrs: { id, from: '1@s.whatsapp.net' },
  content: [{ tag: 'unavailable', attrs: type === undefined ? {} : { type } }]
});

test('only view-once content is not requested', async () => {
  const stanzas = new EventEmitter();
  const { placeholderResendCache: asked } = new SocketCaches({ resends: { perChat: 10, windowMs: 60_000 } });
  leaveViewOnce(stanzas, asked);
  stanzas.emit('frame', message('once', 'view_once'));
  stanzas.emit('frame', message('any'));
  expect([await asked.get('once'), await asked.get('any')]).toEqual([true, undefined]);
});
