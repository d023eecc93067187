import { mediaLocation } from './media-location.policy.js';

const REAL = { simulator: null };
const SIMULATED = { simulator: new URL('ws://127.0.0.1:4000') };

test.each([
  [{ directPath: '/v/t62/x?a=b' }, REAL, 'https://mmg.whatsapp.net/v/t62/x?a=b'],
  [{ url: 'https://mmg.whatsapp.net/x' }, REAL, 'https://mmg.whatsapp.net/x'],
  [{ url: 'https://media.cdn.whatsapp.net/x' }, REAL, 'https://media.cdn.whatsapp.net/x'],
  [{ url: 'https://evil.example/x', directPath: '/x' }, REAL, 'https://mmg.whatsapp.net/x'],
  [{ directPath: '/media/x' }, SIMULATED, 'http://127.0.0.1:4000/media/x'],
  [{ url: 'http://127.0.0.1:4000/media/x' }, SIMULATED, 'http://127.0.0.1:4000/media/x']
])('%j is fetched', (fields, hosts, href) => expect(mediaLocation(fields, hosts).href).toBe(href));

test.each([
  [{}, REAL],
  [{ url: 'http://mmg.whatsapp.net/x' }, REAL],
  [{ url: 'https://mmg.whatsapp.net:8443/x' }, REAL],
  [{ url: 'https://whatsapp.net.evil.example/x' }, REAL],
  [{ url: 'https://evilwhatsapp.net/x' }, REAL],
  [{ url: 'https://mmg.whatsapp.net@evil.example/x' }, REAL],
  [{ url: 'https://user@mmg.whatsapp.net/x' }, REAL],
  [{ directPath: '@evil.example/x' }, REAL],
  [{ url: 'http://127.0.0.1:4000/x' }, REAL],
  [{ url: 'http://127.0.0.1:4001/x' }, SIMULATED],
  [{ url: 'http://10.0.0.1:4000/x' }, SIMULATED],
  [{ url: 'file:///etc/passwd' }, SIMULATED],
  [{ url: 5 }, REAL]
])('%j is not fetched', (fields, hosts) =>
  expect(() => mediaLocation(fields, hosts)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENTS' }) as Error)
);
