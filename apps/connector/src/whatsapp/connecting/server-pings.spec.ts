import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { answerPings, pongOf } from './server-pings.js';

const ping = (attrs: BinaryNode['attrs']): BinaryNode => ({ tag: 'iq', attrs: { id: '7', from: 's.whatsapp.net', ...attrs } });

test.each([[{}], [{ type: 'get' }]])('a ping with %j is answered', attrs => {
  const sent: BinaryNode[] = [];
  const stanzas = new EventEmitter();
  answerPings(stanzas, node => Promise.resolve(void sent.push(node)));
  stanzas.emit('frame', ping({ xmlns: 'urn:xmpp:ping', ...attrs }));
  expect(sent).toEqual([{ tag: 'iq', attrs: { id: '7', to: 's.whatsapp.net', type: 'result' } }]);
});

test.each([[{ type: 'result', xmlns: 'urn:xmpp:ping' }], [{ type: 'get', xmlns: 'encrypt' }], [{ type: 'result' }]])(
  '%j is not a ping',
  attrs => {
    expect(pongOf(ping(attrs))).toBeNull();
  }
);
