// @ts-check
import { concealer } from './report.writer.mjs';

const surroundings = /** @type {any} */ ({ accessToken: { text: 'a-secret-token' }, authKey: { text: null }, dataFolder: '/srv/wabus' });
const conceal = concealer(surroundings, ['shop', 'shop-2']);

test.each([
  ['connect ECONNREFUSED 10.20.30.40:4222', 'connect ECONNREFUSED …'],
  ['connect ETIMEDOUT 192.0.2.7', 'connect ETIMEDOUT …'],
  ['connect ECONNREFUSED ::1:4222', 'connect ECONNREFUSED …'],
  ['connect EHOSTUNREACH [2001:db8::5]:4222', 'connect EHOSTUNREACH …'],
  ['connect EHOSTUNREACH fe80:0:0:0:1:2:3:4', 'connect EHOSTUNREACH …'],
  ['getaddrinfo ENOTFOUND nats.internal', 'getaddrinfo ENOTFOUND …'],
  ['no answer from nats-1.example.com:4222', 'no answer from …'],
  ['https://wa.example.com/api answered 502', 'https://…/api answered 502'],
  ['token a-secret-token of +49 155 5000123 in /srv/wabus/x', 'token … of … in <data>/x']
])('%s is concealed', (text, shown) => {
  expect(conceal(text)).toBe(shown);
});

test('the same session id always becomes the same number', () => {
  const [one, other] = ['shop is open', 'shop-2, shop'].map(conceal);
  expect(one).toMatch(/^session-[\da-f]{6} is open$/);
  expect(other).toMatch(/^session-[\da-f]{6}, session-[\da-f]{6}$/);
  expect(other?.endsWith(String(one?.split(' ')[0]))).toBe(true);
});

test.each(['nats-server 2.14.0 with JetStream', 'limits: 512 MB of 1024', 'checked at 10:20:30', 'node: v20.20.2', '3 of 4 streams'])(
  '%s stays as it is',
  text => {
    expect(conceal(text)).toBe(text);
  }
);
