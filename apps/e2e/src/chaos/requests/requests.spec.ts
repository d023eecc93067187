import { seededRandom } from '../seeded-random.js';
import { hostileCase } from './hostile-cases.js';
import { measureRequests } from './requests.measurement.js';

test('a few hundred hostile requests and stanzas cause no harm', async () => {
  const { byParser, unsettled, ended, neighbour } = await measureRequests({ seed: 7, requests: 600, stanzas: 100, parallel: 12 });
  expect(ended).toEqual([]);
  expect(unsettled).toEqual([]);
  expect(neighbour.failures).toEqual([]);
  expect(neighbour.answers).toBeGreaterThan(10);
  expect(Object.keys(byParser).sort()).toEqual(['head', 'json', 'multipart', 'polling', 'query', 'socket.io', 'stanza', 'websocket']);
}, 180_000);

test('the same seed makes the same requests', () => {
  const client = { token: 't', session: 's' };
  const made = (seed: number): string => {
    const random = seededRandom(seed);
    return Array.from({ length: 50 }, () => hostileCase(random, client).bytes.toString('base64')).join();
  };
  expect(made(1)).toBe(made(1));
  expect(made(1)).not.toBe(made(2));
});
