import { onRegistrationRefresh } from './adv-secret.js';

test.each([
  [false, false, 'renew'],
  [false, true, 'acknowledge-only'],
  [true, false, 'acknowledge-only'],
  [true, true, 'acknowledge-only']
] as const)('linked: %s, secret with the phone: %s: %s', (linked, secretIsOut, expected) => {
  expect(onRegistrationRefresh({ linked, secretIsOut })).toBe(expected);
});
