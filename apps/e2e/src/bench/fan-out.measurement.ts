import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EdgesFixture } from './edges.fixture.js';
import type { ReadersOrder } from './raw-readers.js';

/** About the size of a text message. */
const PAYLOAD = { messages: [{ text: 'x'.repeat(1_000) }], type: 'notify' };

export interface FanOutFigures {
  readonly clients: number;
  /** Deliveries per second: events times clients. */
  readonly barePerSecond: number;
  readonly edgePerSecond: number;
  readonly batchPerSecond: number;
  readonly ratio: number;
  readonly batchRatio: number;
}

/**
 * Measures how many events a second reach all clients: from bare Socket.IO, from an edge
 * with the same bytes, and from an edge in batches, one after the other, twice each.
 */
export async function measureFanOut(fixture: EdgesFixture, clients: number, events: number): Promise<FanOutFigures> {
  const best = { bare: 0, plain: 0, batch: 0 };
  for (let round = 0; round < 2; round++) {
    best.bare = Math.max(best.bare, await bareRate(clients, events));
    best.plain = Math.max(best.plain, await edgeRate(fixture, { clients, events, subscribe: ['messages.upsert'] }));
    const batch = { events: ['messages.upsert'], batch: true };
    best.batch = Math.max(best.batch, await edgeRate(fixture, { clients, events: events * 10, subscribe: batch }));
  }
  const [barePerSecond, edgePerSecond, batchPerSecond] = [best.bare, best.plain, best.batch].map(Math.round) as [number, number, number];
  const ratioOf = (rate: number): number => Number((rate / barePerSecond).toFixed(2));
  return { clients, barePerSecond, edgePerSecond, batchPerSecond, ratio: ratioOf(edgePerSecond), batchRatio: ratioOf(batchPerSecond) };
}

async function bareRate(clients: number, events: number): Promise<number> {
  await using server = start('bare-broadcaster.js');
  const port = Number((await server.line('port')).split(' ')[1]);
  await using readers = start('raw-readers.js', { clients, port, markers: ['end-0', 'end-1'] });
  await readers.line('ready');
  const broadcast = (count: number, marker: string): unknown =>
    server.child.stdin!.write(`${count} ${marker} ${JSON.stringify(PAYLOAD)}\n`);
  broadcast(20, 'end-0');
  await readers.line('seen end-0');
  const began = performance.now();
  broadcast(events, 'end-1');
  await readers.line('seen end-1');
  return (events * clients * 1_000) / (performance.now() - began);
}

async function edgeRate(
  fixture: EdgesFixture,
  { clients, events, subscribe }: { clients: number; events: number; subscribe: unknown }
): Promise<number> {
  await using source = await fixture.source();
  const port = Number(new URL(fixture.edges[0]!.url).port);
  await using readers = start('raw-readers.js', { clients, port, token: fixture.token, subscribe, markers: ['end-0', 'end-1'] });
  await readers.line('ready');
  const bodies = (count: number, marker: string): string[] =>
    Array.from({ length: count }, (_, n) => JSON.stringify({ ...PAYLOAD, end: n === count - 1 ? marker : '' }));
  await source.publish('fan-out', bodies(20, 'end-0'));
  await readers.line('seen end-0');
  const began = performance.now();
  await Promise.all([source.publish('fan-out', bodies(events, 'end-1')), readers.line('seen end-1')]);
  return (events * clients * 1_000) / (performance.now() - began);
}

interface Assistant extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Resolves with the next line that begins with this text. */
  line(beginning: string): Promise<string>;
}

function start(file: string, order?: ReadersOrder): Assistant {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...(order ? [JSON.stringify(order)] : [])], {
    stdio: ['pipe', 'pipe', 'inherit']
  });
  const lines: Interface = createInterface(child.stdout);
  return {
    child,
    line: beginning =>
      new Promise((resolve, reject) => {
        const look = (line: string): void => {
          if (!line.startsWith(beginning)) return;
          lines.off('line', look);
          resolve(line);
        };
        lines.on('line', look);
        child.once('exit', code => reject(new Error(`${file} ended with ${code} before ${beginning}`)));
      }),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
    }
  };
}
