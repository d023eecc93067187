import { bytesJson } from '../bytes/byte-forms.codec.js';
import { linkedCredentials } from '../device/device.fixture.js';
import { MigrateError } from '../device/migrate.error.js';
import { jsonOf, readEntries } from './entries.reader.js';
import { readFolder } from './folder.reader.js';
import { DeviceStreamReader, encodeStream } from './neutral-stream.codec.js';
import { readSingleFile } from './single-file.reader.js';

const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const credentials = linkedCredentials();
const LIST = ['0'];

interface MendedEntry {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

function read(lines: readonly string[]) {
  const reader = new DeviceStreamReader();
  for (const line of lines) reader.take(line);
  return reader.end();
}

describe('readers of sessions', () => {
  const stream = [...encodeStream({ credentials, records: [{ type: 'device-list', id: '1', value: LIST }], credentialsOnly: false })];

  it('JSON in a JSON string is parsed, a number as text is not', () => {
    expect(jsonOf('creds', JSON.stringify('{"a":1}'))).toEqual({ a: 1 });
    expect(jsonOf('lid-mapping', '"900015550000001"')).toBe('900015550000001');
    expect(() => jsonOf('creds.json', '{"a":')).toThrow(/creds\.json is not JSON/);
  });

  it('an unknown entry is listed and left out', () => {
    const { records, unknown } = readEntries([
      { name: 'device-list-1', value: LIST },
      { name: 'metadata', value: 'no JSON' }
    ]);
    expect({ records, unknown }).toEqual({ records: [{ type: 'device-list', id: '1', value: LIST }], unknown: ['metadata'] });
  });

  it('of two records that become one, the correct one remains', () => {
    const [right, wrong] = ['9@lid', '9@lid@s.whatsapp.net'].map((id, index) => ({
      id,
      name: `tctoken-${id}`,
      value: { token: bytesJson(Uint8Array.of(index)) }
    })) as [MendedEntry, MendedEntry];
    const kept = [{ type: 'tctoken', id: right.id, value: right.value }];
    for (const entries of [
      [right, wrong],
      [wrong, right]
    ]) {
      expect(readEntries(entries).records).toEqual(kept);
      const lines = entries.map(({ id, value }) => JSON.stringify({ type: 'tctoken', id, value }));
      expect(read([stream[0]!, ...lines, JSON.stringify({ end: true, records: 2 })]).records).toEqual(kept);
    }
  });

  it('a folder is selected by its name', () => {
    const files = ['noweb/a/', 'noweb/b/'].flatMap(folder => [
      { path: `${folder}creds.json`, content: utf8(credentials) },
      { path: `${folder}device-list-1.json`, content: utf8(LIST) }
    ]);
    expect(() => readFolder(files)).toThrow(/noweb\/a, noweb\/b/);
    expect(readFolder(files, 'b').records).toHaveLength(1);
    expect(() => readFolder(files, 'c')).toThrow(MigrateError);
  });

  it('the single file of older versions contains everything', () => {
    const keys = { preKeys: {}, sessions: { 'a.0': { _sessions: {}, version: 'v1' } }, chats: {} };
    expect(readSingleFile({ creds: credentials, keys })).toMatchObject({ records: [{ type: 'session', id: 'a.0' }], unknown: ['chats'] });
  });

  it('the neutral form is complete with its last line', () => {
    expect(read(stream)).toMatchObject({ records: [{ type: 'device-list' }], credentialsOnly: false, unknown: {} });
  });

  it.each([
    ['is empty', [], /empty/],
    ['ends too early', stream.slice(0, -1), /ended before its last line/],
    ['starts with something else', [stream[1]!, ...stream], /first line/],
    ['has another version', [stream[0]!.replace('"version":1', '"version":2'), ...stream.slice(1)], /"version"/],
    ['contains a record twice', [stream[0]!, stream[1]!, ...stream.slice(1)], /two records/],
    ['lost a record', [stream[0]!, stream[2]!], /announces 1 records, but there were 0/],
    ['continues after its end', [...stream, stream[1]!], /after the end/],
    ['is not JSON', [stream[0]!, 'nonsense'], /Line 2: this is not JSON/],
    ['has a record without a value', [stream[0]!, '{"type":"session","id":"a"}'], /"value"/]
  ])('a stream that %s is refused', (_what, lines, message) => expect(() => read(lines)).toThrow(message));

  it('records of unknown types are counted', () => {
    const end = JSON.stringify({ end: true, records: 2 });
    expect(read([...stream.slice(0, -1), '{"type":"new-kind","id":"1","value":1}', end]).unknown).toEqual({ 'new-kind': 1 });
  });
});
