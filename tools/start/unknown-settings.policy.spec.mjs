// @ts-check
import { unknownSettings } from './unknown-settings.policy.mjs';

describe('a setting that no process knows', () => {
  it.each([
    ['WABUS_EGRES_ALLOW', 'WABUS_EGRESS_ALLOW'],
    ['WABUS_LOGLEVEL', 'WABUS_LOG_LEVEL'],
    ['WABUS_NATS_PASSWORD_FILES', 'WABUS_NATS_PASSWORD_FILE'],
    ['WABUS_SOMETHING_ELSE_ALTOGETHER', null]
  ])('is told with the nearest name: %s', (name, nearest) => {
    expect(unknownSettings({ [name]: 'x', PATH: '/bin' })).toEqual([{ name, nearest }]);
  });

  it('is none that a process or a tool reads, nor an empty one', () => {
    const env = {
      WABUS_LOG_LEVEL: 'info',
      WABUS_JWT_SECRET_FILE: '/x',
      WABUS_NATS_SERVER_BIN: '/x',
      WABUS_TEST_NATS: 'binary',
      WABUS_EGRES_ALLOW: ''
    };
    expect(unknownSettings(env)).toEqual([]);
  });
});
