import { proto } from '@whiskeysockets/baileys';
import { isOlder } from './version.policy.js';

const presenting = (version?: [number, number, number]) =>
  proto.ClientPayload.fromObject(
    version ? { userAgent: { appVersion: { primary: version[0], secondary: version[1], tertiary: version[2] } } } : {}
  );

test.each<[version: [number, number, number] | undefined, older: boolean]>([
  [[2, 3000, 1000], false],
  [[2, 3000, 1001], false],
  [[2, 3000, 999], true],
  [[2, 2413, 5000], true],
  [[3, 0, 0], false],
  [[1, 9999, 9999], true],
  [undefined, true]
])('%p is older than 2.3000.1000: %p', (version, older) => {
  expect(isOlder(presenting(version), '2.3000.1000')).toBe(older);
});
