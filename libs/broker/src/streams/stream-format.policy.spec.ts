import { EVENT_PARTS_BUCKET, EVENT_STREAM, MEDIA_BUCKET } from '@wabus/contracts';
import * as contracts from '@wabus/contracts';
import { objectStreamName } from '../object-store/object.codec.js';
import { bucketStreamName } from '../key-value/entry.codec.js';
import { formatOf, STREAM_FORMATS, type StreamFormat } from './stream-format.catalog.js';
import { formatMetadata, judgeFormat, markedFormat, requireReadable, stepsTo } from './stream-format.policy.js';

const known: StreamFormat = { format: 3, readable: 2, release: '1.2.0', migrations: {} };
const marked = (format: string, release?: string): Record<string, string> => ({
  'wabus.format': format,
  ...(release ? { 'wabus.release': release } : {})
});

describe('the formats of streams', () => {
  it.each([
    [undefined, 'older'],
    [{}, 'older'],
    [marked('0'), 'older'],
    [marked('2'), 'older'],
    [marked('3'), 'current']
  ] as const)('%p is judged %s', (metadata, verdict) => {
    expect(judgeFormat('S', metadata, known)).toBe(verdict);
  });

  it('a newer one is named with the release to use', () => {
    expect(() => judgeFormat('S', marked('4', '2.0.0'), known)).toThrow(
      'Stream S has format 4, and this release knows formats up to 3. Use release 2.0.0 or newer. Nothing was changed.'
    );
    expect(() => judgeFormat('S', marked('4'), known)).toThrow('Use the release that wrote it.');
  });

  it.each(['x', '-1', '1.5', '', '99999999999'])('a mark %p counts as newer', mark => {
    expect(() => judgeFormat('S', marked(mark), known)).toThrow(/has format/);
  });

  it('a stream too old to read names the remedy', () => {
    expect(() => requireReadable('S', marked('2'), known)).not.toThrow();
    expect(() => requireReadable('S', marked('1'), known)).toThrow(/reads formats from 2 on. Run its provisioning as the user admin/);
    expect(() => requireReadable('S', undefined, known)).toThrow(/has format 0/);
  });

  it('every intermediate step is listed', () => {
    expect(stepsTo(known, undefined)).toEqual([1, 2, 3]);
    expect(stepsTo(known, marked('2'))).toEqual([3]);
    expect(stepsTo(known, formatMetadata(known))).toEqual([]);
    expect(markedFormat(formatMetadata(known))).toBe(3);
  });

  const OBJECTS: readonly string[] = [MEDIA_BUCKET, EVENT_PARTS_BUCKET];

  it('the catalog has every bucket, the event log and the files', () => {
    const buckets = Object.entries(contracts).flatMap(([name, value]) =>
      name.endsWith('_BUCKET') && !OBJECTS.includes(value as string) ? [bucketStreamName(value as string)] : []
    );
    expect(Object.keys(STREAM_FORMATS).sort()).toEqual([...buckets, EVENT_STREAM, ...OBJECTS.map(objectStreamName)].sort());
  });

  it('each has a migration for every unreadable format', () => {
    for (const stream of Object.keys(STREAM_FORMATS)) {
      const { format, readable, migrations } = formatOf(stream);
      for (let step = 1; step <= format; step++) if (step > readable && step > 1) expect(migrations[step]).toBeDefined();
    }
  });
});
