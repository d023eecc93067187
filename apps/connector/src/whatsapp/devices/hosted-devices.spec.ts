import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { listHostedLast } from './hosted-devices.js';

const node = (tag: string, attrs: Record<string, string>, content?: BinaryNode['content']): BinaryNode => ({ tag, attrs, content });

test('hosted devices come last, others keep their order', () => {
  const stanzas = new EventEmitter();
  listHostedLast(stanzas);
  const list = [
    node('device', { id: '0' }),
    node('device', { id: '99', is_hosted: 'true' }),
    node('device', { id: '3', is_hosted: 'false' }),
    node('device', { id: '2' })
  ];
  const user = node('user', { jid: '1@lid' }, [node('devices', {}, [node('device-list', {}, list)])]);
  stanzas.emit('frame', node('iq', {}, [node('usync', {}, [node('list', {}, [user])])]));
  expect(list.map(({ attrs }) => attrs['id'])).toEqual(['0', '3', '2', '99']);
  // Without lists or users, there is nothing to sort, and nothing throws.
  for (const frame of [new Uint8Array([1]), node('iq', {}), node('message', {}), node('iq', {}, [node('usync', {}, [])])])
    stanzas.emit('frame', frame);
});
