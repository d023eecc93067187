import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { processInOrder } from './reception-order.js';

function recorder(handle: (stanza: number, log: string[]) => Promise<void>) {
  const stanzas = new EventEmitter({ captureRejections: true });
  const log: string[] = [];
  stanzas.on('error', (error: Error) => log.push(`rejected ${error.message}`));
  stanzas.on('CB:message', (stanza: number) => handle(stanza, log));
  processInOrder(stanzas, 'CB:message');
  return { stanzas, log };
}

test('a stanza is begun when the one before it is done, however long each takes', async () => {
  const { stanzas, log } = recorder(async (stanza, seen) => {
    await delay(10 - stanza * 3);
    seen.push(String(stanza));
  });
  for (const stanza of [1, 2, 3]) stanzas.emit('CB:message', stanza);
  await delay(40);
  expect(log).toEqual(['1', '2', '3']);
});

test('one that fails does not hold up the next, and its rejection reaches the emitter', async () => {
  const { stanzas, log } = recorder(async (stanza, seen) => {
    if (stanza === 1) throw new Error('bad stanza');
    seen.push(String(stanza));
  });
  for (const stanza of [1, 2]) stanzas.emit('CB:message', stanza);
  await delay(10);
  expect(log.sort()).toEqual(['2', 'rejected bad stanza']);
});
