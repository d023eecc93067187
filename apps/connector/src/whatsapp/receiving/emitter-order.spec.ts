import { makeEventBuffer } from '../baileys.js';
import { baileysLogger } from '../baileys.logger.js';
import { onEveryEvent } from './emitter-order.js';

const silent = baileysLogger({ trace: () => undefined, debug: () => undefined, warn: () => undefined }, new AbortController().signal);

describe('every event of a socket', () => {
  test('comes in the order of emission, also when Baileys emits another one while it handles the first', () => {
    const ev = makeEventBuffer(silent);
    ev.on('connection.update', ({ connection }) => {
      if (connection === 'open') ev.emit('connection.update', { isOnline: false });
    });
    const seen: unknown[] = [];
    onEveryEvent(ev, events => seen.push(events));
    ev.emit('connection.update', { connection: 'open' });
    ev.emit('call', []);
    expect(seen).toEqual([{ 'connection.update': { connection: 'open' } }, { 'connection.update': { isOnline: false } }, { call: [] }]);
  });

  test('comes whatever its name: one that Baileys adds later too', () => {
    const ev = makeEventBuffer(silent);
    const seen: unknown[] = [];
    onEveryEvent(ev, events => seen.push(events));
    (ev.emit as (name: string, payload: unknown) => boolean)('event.of.tomorrow', { a: 1 });
    expect(seen).toEqual([{ 'event.of.tomorrow': { a: 1 } }]);
  });

  test('comes after the buffer when Baileys buffers', () => {
    const ev = makeEventBuffer(silent);
    const seen: string[] = [];
    onEveryEvent(ev, events => seen.push(...Object.keys(events)));
    ev.buffer();
    ev.emit('chats.delete', ['1@s.whatsapp.net']);
    expect(seen).toEqual([]);
    ev.flush();
    expect(seen).toEqual(['chats.delete']);
  });
});
