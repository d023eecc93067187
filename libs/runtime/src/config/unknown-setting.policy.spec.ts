import { SETTING_NAMES } from './setting-names.generated.js';
import { unknownSettings } from './unknown-setting.policy.js';

const of = (name: string): unknown => unknownSettings({ [name]: 'x' }, SETTING_NAMES);

describe('an unknown variable', () => {
  it.each([
    ['WABUS_EGRES_ALLOW', 'WABUS_EGRESS_ALLOW'],
    ['WABUS_LOG_LEVL', 'WABUS_LOG_LEVEL'],
    ['WABUS_NATS_URI', 'WABUS_NATS_URL'],
    ['WABUS_LOG_LEVEL_', 'WABUS_LOG_LEVEL'],
    ['wabus_log_level', 'WABUS_LOG_LEVEL'],
    ['WABUS_NATS_PASSWORD_FIEL', 'WABUS_NATS_PASSWORD_FILE'],
    ['WABUS_SOMETHING_ELSE_ALTOGETHER', null]
  ])('%s is named with %s', (name, nearest) => {
    expect(of(name)).toEqual([{ name, nearest }]);
  });

  it.each([
    'WABUS_LOG_LEVEL',
    'WABUS_NATS_PASSWORD_FILE',
    'WABUS_NATS_CA_FILE',
    'WABUS_EGRESS_ALLOW',
    'WABUS_CONNECTOR_ID',
    'WABUS_NATS_SERVER_BIN',
    'WABUS_TEST_NATS',
    'WABUS_NATS_INVOICING_PASSWORD',
    'WABUS_USER',
    'WABUS_TOKEN',
    'PATH',
    'MY_WABUS_LOG_LEVL'
  ])('is not %s', name => {
    expect(of(name)).toEqual([]);
  });
});
