import { readAddress } from './address.policy.js';

const TOKEN = 'a'.repeat(42) + '-';

test.each([
  [`https://wabus.example/passkey/${TOKEN}`, `https://wabus.example/passkey/${TOKEN}`, 'https://wabus.example/*'],
  [`  https://wabus.example:8443/passkey/${TOKEN}/\n`, `https://wabus.example:8443/passkey/${TOKEN}`, 'https://wabus.example:8443/*'],
  [`http://localhost:3000/passkey/${TOKEN}?x#y`, `http://localhost:3000/passkey/${TOKEN}`, 'http://localhost:3000/*'],
  [`http://127.0.0.1:3000/passkey/${TOKEN}`, `http://127.0.0.1:3000/passkey/${TOKEN}`, 'http://127.0.0.1:3000/*'],
  [`https://user:pass@wabus.example/passkey/${TOKEN}`, `https://wabus.example/passkey/${TOKEN}`, 'https://wabus.example/*']
])('%j is an address', (text, url, pattern) => {
  expect(readAddress(text)).toEqual({ url, pattern });
});

test.each([
  ['  ', 'empty'],
  ['wabus.example/passkey', 'unreadable'],
  [`javascript:alert(1)//passkey/${TOKEN}`, 'unreadable'],
  [`http://wabus.example/passkey/${TOKEN}`, 'insecure'],
  [`http://localhost.example/passkey/${TOKEN}`, 'insecure'],
  ['https://wabus.example/passkey/short', 'other-page'],
  [`https://wabus.example/passkey/${TOKEN}/confirm`, 'other-page'],
  ['https://wabus.example/sessions/sales', 'other-page']
])('%j is not an address: %s', (text, fault) => {
  expect(readAddress(text)).toBe(fault);
});
