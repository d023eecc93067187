import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { SocketCaches } from '../socket-caches.js';
import { followContacts, readNumberChange } from './contact-notifications.js';

const KIND = 'CB:notification,type:contacts';
const notification = (tag: string, attrs: BinaryNode['attrs']): BinaryNode => ({
  tag: 'notification',
  attrs: { type: 'contacts', from: 's.whatsapp.net' },
  content: [{ tag, attrs }]
});
const change = notification('modify', { old: '1@s.whatsapp.net', new: '2', old_lid: '11', new_lid: '22@lid' });

let stanzas: EventEmitter;
let steps: unknown[];
let caches: SocketCaches;

beforeEach(async () => {
  stanzas = new EventEmitter();
  steps = [];
  caches = new SocketCaches({ resends: { perChat: 10, windowMs: 60_000 } });
  for (const user of ['1', '2', '3']) await caches.userDevicesCache.set(user, [{ user }]);
  followContacts({
    stanzas,
    ev: { emit: (name, payload) => steps.push({ [name]: payload }) > 0 },
    map: () => ({
      add: () => Promise.resolve(),
      replace: (former, present) => Promise.resolve(void steps.push({ former, present }))
    }),
    devices: caches.userDevicesCache,
    logger: pino({ level: 'silent' })
  });
});

const known = () => Promise.all(['1', '2', '3'].map(async user => (await caches.userDevicesCache.get(user)) !== undefined));

test('a new number is stored before it is emitted', async () => {
  stanzas.emit(KIND, change);
  await new Promise(resolve => setImmediate(resolve));
  const present = { pn: '2@s.whatsapp.net', lid: '22@lid' };
  expect(steps).toEqual([
    { former: { pn: '1@s.whatsapp.net', lid: '11@lid' }, present },
    { 'lid-mapping.update': present },
    { 'contacts.update': [{ id: present.pn, lid: present.lid, phoneNumber: present.pn }] }
  ]);
  expect(await known()).toEqual([false, false, true]);
});

test('changed devices of a contact are looked up again', async () => {
  stanzas.emit(KIND, notification('update', { jid: '3@s.whatsapp.net' }));
  expect(await known()).toEqual([true, true, false]);
  stanzas.emit(KIND, notification('update', { hash: 'x' }));
  expect(await known()).toEqual([false, false, false]);
  expect(steps).toEqual([]);
});

test('a notification without a new pair is not a change', () => {
  expect(readNumberChange(notification('modify', { old: '1', new: '2' }))).toBeNull();
});
