import { randomBytes } from 'node:crypto';
import { parseSimulatorOption } from './simulator.policy.js';

const key = randomBytes(32).toString('base64');

test.each(['ws://127.0.0.1:4000/ws/chat', 'ws://localhost:1', 'wss://[::1]:1/x', 'ws://127.8.9.10:1'])(
  '%s is accepted with its key',
  url => {
    const option = parseSimulatorOption(url, key);
    expect(option?.url.href).toBe(new URL(url).href);
    expect(option?.rootPublicKey.toString('base64')).toBe(key);
  }
);

test('WhatsApp itself is used if neither setting is set', () => {
  expect(parseSimulatorOption(undefined, undefined)).toBeNull();
  expect(parseSimulatorOption('', '')).toBeNull();
});

test.each<[what: string, url: string | undefined, rootKey: string | undefined, says: RegExp]>([
  ['a server on another machine', 'ws://203.0.113.5:1/', key, /WABUS_SIMULATOR_URL must point to this machine/],
  ['a name that only starts like a loopback address', 'ws://127.0.0.1.example.org/', key, /this machine/],
  ['a name that only ends in localhost', 'ws://notlocalhost/', key, /this machine/],
  ['all interfaces', 'ws://0.0.0.0:1/', key, /this machine/],
  ['WhatsApp itself', 'wss://web.whatsapp.com/ws/chat', key, /this machine/],
  ['user information before another host', 'ws://localhost@203.0.113.5/', key, /this machine/],
  ['http', 'http://127.0.0.1:1/', key, /ws:\/\/ or wss:\/\//],
  ['no URL', 'simulator', key, /ws:\/\/ or wss:\/\//],
  ['a URL without a key', 'ws://127.0.0.1:1/', undefined, /WABUS_SIMULATOR_ROOT_KEY is not/],
  ['a key without a URL', undefined, key, /WABUS_SIMULATOR_URL is not/],
  ['a short key', 'ws://127.0.0.1:1/', 'AAAA', /32 bytes/]
])('%s is refused with the reason in the message', (_what, url, rootKey, says) => {
  expect(() => parseSimulatorOption(url, rootKey)).toThrow(says);
});
