// @ts-check
import { compareVersions, isSupported, parseVersion } from './version.codec.mjs';

describe('versions of nats-server', () => {
  it.each([
    ['nats-server: v2.15.1\n', '2.15.1'],
    ['nats-server: v2.14.0-RC.1', '2.14.0-RC.1'],
    ['2.10.27-1+b2', '2.10.27'],
    ['nats-server-2.14.0', '2.14.0'],
    ['command not found', null]
  ])('are extracted from %j', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });

  it('are ordered by number, release candidates first', () => {
    const sorted = ['2.14.0', '2.9.10', '2.12.0-RC.2', '2.12.0', '2.12.10', '2.12.9', '2.12.0-RC.10'].sort(compareVersions);
    expect(sorted).toEqual(['2.9.10', '2.12.0-RC.2', '2.12.0-RC.10', '2.12.0', '2.12.9', '2.12.10', '2.14.0']);
  });

  it('are refused below the minimum', () => {
    expect(['2.10.27', '2.11.9', '2.12.0-RC.1'].filter(isSupported)).toEqual([]);
    expect(['2.12.0', '2.14.0', '3.0.0'].filter(isSupported)).toEqual(['2.12.0', '2.14.0', '3.0.0']);
  });
});
