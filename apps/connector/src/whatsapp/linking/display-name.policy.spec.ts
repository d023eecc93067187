import { BROWSERS, DEFAULT_BROWSER } from '@wabus/contracts';
import { pairingDisplay } from './display-name.policy.js';

test.each([
  ['Wabus', 'Chrome', 'Chrome (Windows)'],
  ['Mac OS', 'Safari', 'Safari (Mac OS)'],
  ['Ubuntu', 'Firefox', 'Firefox (Ubuntu)'],
  ['Linux', 'Edge', 'Edge (Linux)'],
  ['Windows', 'Opera', 'Opera (Windows)'],
  ['Android', 'IE', 'Chrome (Windows)'],
  ['mac os', 'chrome', 'Chrome (Windows)'],
  ['', 'Desktop', 'Chrome (Windows)']
])('"%s" and "%s" ask as "%s"', (os, name, text) => {
  expect(pairingDisplay({ os, name }).text).toBe(text);
});

test('whatever a session calls itself, the service knows the name', () => {
  const known = /^(Chrome|Firefox|Edge|Safari|Opera) \((Windows|Mac OS|Ubuntu|Linux)\)$/;
  for (const name of BROWSERS)
    for (const os of ['Wabus', 'iOS', 'Chrome OS', 'x)']) expect(pairingDisplay({ os, name }).text).toMatch(known);
  expect(pairingDisplay(DEFAULT_BROWSER)).toEqual({ browser: 'Chrome', text: 'Chrome (Windows)' });
});
