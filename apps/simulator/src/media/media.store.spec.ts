import { createHash } from 'node:crypto';
import { SimulatorMediaStore } from './media.store.js';

const limits = { maxBlobBytes: 10, maxTotalBytes: 20, expiresAfterMs: 1000 };

test('a blob is found under the SHA-256 of its bytes', () => {
  const store = new SimulatorMediaStore(limits);
  const bytes = Buffer.from('hello');
  const hash = store.put(bytes);
  expect(hash).toBe(createHash('sha256').update(bytes).digest('base64url'));
  expect(store.get(hash)).toEqual({ found: 'yes', bytes });
});

test('a blob exists only between its upload and its expiry', () => {
  let now = 0;
  const store = new SimulatorMediaStore(limits, () => now);
  const hash = store.put(Buffer.from('hello'));
  now = 999;
  expect(store.get(hash).found).toBe('yes');
  now = 1000;
  expect(store.get(hash)).toEqual({ found: 'expired' });
  expect(store.get('unknown')).toEqual({ found: 'never' });
});

test('storing the same bytes again renews their expiry', () => {
  let now = 0;
  const store = new SimulatorMediaStore(limits, () => now);
  store.put(Buffer.from('hello'));
  now = 900;
  const hash = store.put(Buffer.from('hello'));
  now = 1800;
  expect(store.get(hash).found).toBe('yes');
});

test('the oldest blobs are deleted if the total is exceeded', () => {
  const store = new SimulatorMediaStore(limits);
  const [first, second, third] = ['aaaaaaaaaa', 'bbbbbbbbbb', 'c'].map(text => store.put(Buffer.from(text)));
  expect(store.get(first ?? '')).toEqual({ found: 'expired' });
  expect(store.get(second ?? '').found).toBe('yes');
  expect(store.get(third ?? '').found).toBe('yes');
});

test('a blob over the limit is refused and changes nothing', () => {
  const store = new SimulatorMediaStore(limits);
  const kept = store.put(Buffer.from('kept'));
  expect(() => store.put(Buffer.alloc(11))).toThrow(RangeError);
  expect(store.get(kept).found).toBe('yes');
});
