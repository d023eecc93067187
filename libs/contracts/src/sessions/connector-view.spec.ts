import { decodeProcess, NOTHING_REPORTED } from './connector-view.js';
import { connectorKey, parseConnectorKey } from './registry-keys.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the report of a process', () => {
  it('is decoded as it was written', () => {
    const said = { version: '0.3.0', startedAt: '2026-01-01T00:00:00.000Z', memoryBytes: 5, memoryLimitBytes: 9, cpu: 0.25 };
    expect(decodeProcess(bytes(JSON.stringify({ ...said, later: true })))).toEqual(said);
  });

  it.each([
    ['an older release', '{"at":"2026-01-01T00:00:00.000Z"}'],
    ['other types', '{"version":3,"startedAt":"soon","memoryBytes":"5","memoryLimitBytes":{},"cpu":null}']
  ])('has null for what is not reported: %s', (_what, text) => {
    expect(decodeProcess(bytes(text))).toEqual(NOTHING_REPORTED);
  });

  it('is null if the record is damaged', () => {
    expect(decodeProcess(bytes('not json'))).toBeNull();
  });

  it('has a key that names the connector', () => {
    expect(parseConnectorKey(connectorKey('c_1-x'))).toBe('c_1-x');
    for (const key of ['connector', 'connector.', 'connector.a.b', 'session.c1', 'connector.*']) expect(parseConnectorKey(key)).toBeNull();
  });
});
