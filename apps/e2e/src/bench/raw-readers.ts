import { RawReader, type RawReaderOptions } from './raw.reader.js';

/** The arguments of this process: the number of readers, their options, and the texts to wait for in sequence. */
export interface ReadersOrder extends RawReaderOptions {
  readonly clients: number;
  readonly markers: readonly string[];
}

/** Runs in its own process: opens readers, prints `ready`, and prints `seen <marker>` once every reader has received that marker. */
const order = JSON.parse(process.argv[2]!) as ReadersOrder;
const readers: RawReader[] = [];
for (let i = 0; i < order.clients; i += 50) {
  readers.push(...(await Promise.all(Array.from({ length: Math.min(50, order.clients - i) }, () => RawReader.open(order)))));
}
let waiting = readers.map(reader => reader.awaitText(order.markers[0]!));
process.stdout.write('ready\n');
for (const [index, marker] of order.markers.entries()) {
  await Promise.all(waiting);
  const next = order.markers[index + 1];
  if (next !== undefined) waiting = readers.map(reader => reader.awaitText(next));
  process.stdout.write(`seen ${marker}\n`);
}
readers.forEach(reader => reader.close());
process.exit(0);
