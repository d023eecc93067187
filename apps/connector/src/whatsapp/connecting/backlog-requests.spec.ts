import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { requestBacklog } from './backlog-requests.js';

let stanzas: EventEmitter;
let asked: BinaryNode[];

beforeEach(() => {
  stanzas = new EventEmitter();
  asked = [];
  requestBacklog(stanzas, node => Promise.resolve(void asked.push(node)));
});

const announce = (count: number) =>
  stanzas.emit('CB:ib,,offline_preview', { tag: 'ib', attrs: {}, content: [{ tag: 'offline_preview', attrs: { count: String(count) } }] });

function receive(count: number, offline?: string): void {
  for (let i = 0; i < count; i++) stanzas.emit('frame', { tag: 'message', attrs: offline === undefined ? {} : { offline } });
}

test('every 100 stanzas of a backlog request the next batch', () => {
  announce(250);
  receive(99, '1');
  expect(asked).toEqual([]);
  receive(1, '1');
  expect(asked).toEqual([{ tag: 'ib', attrs: {}, content: [{ tag: 'offline_batch', attrs: { count: '100' } }] }]);
  receive(150, '3');
  expect(asked).toHaveLength(2);
});

test('complete, live and ended backlogs request nothing', () => {
  announce(100);
  receive(100, '1');
  announce(300);
  receive(200);
  receive(200, '0');
  stanzas.emit('CB:ib,,offline');
  receive(200, '1');
  expect(asked).toEqual([]);
});
