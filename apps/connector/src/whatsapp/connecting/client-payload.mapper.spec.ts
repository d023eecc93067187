import {
  DEFAULT_CONNECTION_CONFIG,
  generateLoginNode,
  generateRegistrationNode,
  initAuthCreds,
  proto,
  type SocketConfig
} from '../baileys.js';
import { clientPayload } from './client-payload.mapper.js';

const config = (syncFullHistory: boolean): SocketConfig => ({
  ...DEFAULT_CONNECTION_CONFIG,
  browser: ['Mac OS', 'Chrome', '14.4.1'],
  syncFullHistory
});

const counts = { logins: 7, attempts: 2 };

test('a login has its counters and reports chats kept by LID', () => {
  const payload = clientPayload(generateLoginNode('4912345678:3@s.whatsapp.net', config(false)), counts);
  expect(payload).toMatchObject({ lc: 7, connectAttemptCount: 2, pull: true, passive: true, lidDbMigrated: true, device: 3 });
});

test.each([
  [false, 'CHROME', { thumbnailSyncDaysLimit: 60, fullSyncDaysLimit: null, onDemandReady: null, completeOnDemandReady: null }],
  [true, 'UWP', { thumbnailSyncDaysLimit: null, fullSyncDaysLimit: 365, onDemandReady: true, completeOnDemandReady: true }]
] as const)('a registration with the whole history %s is one of %s', (full, platform, history) => {
  const payload = clientPayload(generateRegistrationNode(initAuthCreds(), config(full)), counts);
  const props = proto.DeviceProps.decode(payload.devicePairingData!.deviceProps!);
  expect(proto.DeviceProps.PlatformType[props.platformType!]).toBe(platform);
  expect(props.requireFullSync).toBe(full);
  expect(props.historySyncConfig).toMatchObject({ supportGroupHistory: true, supportCallLogHistory: true });
  for (const [name, value] of Object.entries(history))
    expect(Object.hasOwn(props.historySyncConfig!, name) ? props.historySyncConfig![name as keyof typeof history] : null).toBe(value);
  expect(payload).not.toHaveProperty('lc', 7);
});
