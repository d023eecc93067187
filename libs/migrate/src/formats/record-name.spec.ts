import { parseFileName, parseRecordName } from './record-name.codec.js';

/** Returns the name of a file as `useMultiFileAuthState` writes it. */
const fileOf = (name: string): string => `${name.replace(/\//g, '__').replace(/:/g, '-')}.json`;

describe('names of records', () => {
  it.each([
    ['pre-key', '17'],
    ['session', '4915112345678.0'],
    ['session', '123456789012345_1.12'],
    ['sender-key', '120363000000000001@g.us::123456789012345_1::12'],
    ['sender-key', '4915112345678-1453219876@g.us::4915112345678::0'],
    ['sender-key-memory', '4915112345678-1453219876@g.us'],
    ['sender-key-memory', 'status@broadcast'],
    ['app-state-sync-key', 'AAAA/+8='],
    ['app-state-sync-key', '//8A'],
    ['app-state-sync-version', 'critical_unblock_low'],
    ['lid-mapping', '4915112345678'],
    ['lid-mapping', '123456789012345_reverse'],
    ['device-list', '123456789012345'],
    ['tctoken', '123456789012345@lid'],
    ['tctoken', '4915112345678:3@s.whatsapp.net'],
    ['tctoken', '__index'],
    ['identity-key', '123456789012345_1.0']
  ])('%s of %s is found again in the name of its file', (type, id) => {
    expect(parseFileName(fileOf(`${type}-${id}`))).toEqual({ type, id });
    expect(parseRecordName(`${type}-${id}`)).toEqual({ type, id });
  });

  it('the credentials are not a record', () => {
    expect(parseFileName('creds.json')).toBe('creds');
    expect(parseRecordName('creds')).toBe('creds');
  });

  it.each(['store.json', 'creds.json.bak', 'session-', 'pre-key', 'metadata', 'session-1.0.txt'])('%s is unknown', name =>
    expect(parseFileName(name)).toBeNull()
  );
});
