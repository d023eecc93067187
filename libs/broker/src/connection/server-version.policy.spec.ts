import { isSupportedServer } from './server-version.policy.js';

describe('a version of nats-server', () => {
  it.each(['2.12.0', '2.12.0-RC.1', '2.15.1', '3.0.0', 'dev', ''])('%j can be used', version => {
    expect(isSupportedServer(version)).toBe(true);
  });

  it.each(['2.11.9', '2.9.10', '1.4.1', '2.10.27'])('%j is too old', version => {
    expect(isSupportedServer(version)).toBe(false);
  });
});
