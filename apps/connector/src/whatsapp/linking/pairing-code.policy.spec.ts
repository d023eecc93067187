import { BROWSERS, DEFAULT_BROWSER } from '@wabus/contracts';
import { MAX_ANSWERS, onCodeNotification, pairingDisplay, type CodeInForce, type CodeNotification } from './pairing-code.policy.js';

const ours = new Uint8Array([1, 2, 3]);
const other = new Uint8Array([3, 2, 1]);
const none = new Uint8Array();
const code: CodeInForce = { reference: ours, answers: 0 };
const hello: CodeNotification = { stage: 'primary_hello', reference: ours, hasKeys: true, forceManual: false };
const refresh: CodeNotification = { stage: 'refresh_code', reference: ours, hasKeys: false, forceManual: false };

test.each<[what: string, notification: CodeNotification, code: CodeInForce | null, decision: string]>([
  ['the code in force', hello, code, 'to-baileys'],
  ['a code before its own response', hello, { reference: null, answers: 0 }, 'to-baileys'],
  ['a mistyped code that is typed again', hello, { ...code, answers: MAX_ANSWERS - 1 }, 'to-baileys'],
  ['a code typed too often', hello, { ...code, answers: MAX_ANSWERS }, 'refuse'],
  ['an old code', { ...hello, reference: other }, code, 'refuse'],
  ['a code without a name', { ...hello, reference: none }, code, 'refuse'],
  ['a code that was not requested', hello, null, 'refuse'],
  ['keys in another stage', { ...hello, stage: 'later' }, code, 'refuse'],
  ['the precursor of a passkey exchange', { ...hello, hasKeys: false }, code, 'ignore'],
  ['a precursor without anything', { ...hello, stage: undefined, reference: none, hasKeys: false }, null, 'ignore']
])('%s', (_what, notification, inForce, decision) => {
  expect(onCodeNotification(notification, inForce)).toBe(decision);
});

test.each<[what: string, notification: CodeNotification, code: CodeInForce | null, decision: string]>([
  ['a new code', refresh, code, 'renew'],
  ['a new code if the service names none', { ...refresh, reference: none }, code, 'renew'],
  ['a report if the user must request another', { ...refresh, forceManual: true }, code, 'report'],
  ['nothing if it is already old', { ...refresh, reference: other }, code, 'ignore'],
  ['nothing if it was not requested', { ...refresh, forceManual: true }, null, 'ignore']
])('for a used-up code: %s', (_what, notification, inForce, decision) => {
  expect(onCodeNotification(notification, inForce)).toBe(decision);
});

test.each([
  ['Wabus', 'Chrome', 'Chrome (Windows)'],
  ['Mac OS', 'Safari', 'Safari (Mac OS)'],
  ['Ubuntu', 'Firefox', 'Firefox (Ubuntu)'],
  ['Linux', 'Edge', 'Edge (Linux)'],
  ['Windows', 'Opera', 'Opera (Windows)'],
  ['Android', 'IE', 'Chrome (Windows)'],
  ['mac os', 'chrome', 'Chrome (Windows)'],
  ['', 'Desktop', 'Chrome (Windows)']
])('"%s" and "%s" identify as "%s"', (os, name, text) => {
  expect(pairingDisplay({ os, name }).text).toBe(text);
});

test('WhatsApp accepts the name for every browser identity', () => {
  const known = /^(Chrome|Firefox|Edge|Safari|Opera) \((Windows|Mac OS|Ubuntu|Linux)\)$/;
  for (const name of BROWSERS)
    for (const os of ['Wabus', 'iOS', 'Chrome OS', 'x)']) expect(pairingDisplay({ os, name }).text).toMatch(known);
  expect(pairingDisplay(DEFAULT_BROWSER)).toEqual({ browser: 'Chrome', text: 'Chrome (Windows)' });
});
