import type { Principal } from './principal.js';
import { ShareLimiter, type ShareLimits } from './share.limiter.js';

const token = (id: string): Principal => ({ id, sessions: '*', scopes: [] });
const limits = (inAll: number, perToken: number): ShareLimits => ({
  inAll: { most: inAll, of: 'things of this edge', setting: 'WABUS_THINGS' },
  perToken: { most: perToken, of: 'things of one token', setting: 'WABUS_THINGS_PER_TOKEN' }
});
const never = (): Promise<never> => new Promise(() => undefined);

test('one token gets no more than its share, others continue', async () => {
  const limiter = new ShareLimiter(limits(3, 2));
  for (let i = 0; i < 2; i++) void limiter.pass(token('a'), never);
  await expect(limiter.pass(token('a'), never)).rejects.toMatchObject({
    code: 'LIMIT_REACHED',
    details: { limit: 2, of: 'things of one token', setting: 'WABUS_THINGS_PER_TOKEN' }
  });
  expect(await limiter.pass(token('b'), () => Promise.resolve('done'))).toBe('done');
});

test('all tokens together stay within the limit of the edge', async () => {
  const limiter = new ShareLimiter(limits(2, 2));
  for (const id of ['a', 'b']) void limiter.pass(token(id), never);
  await expect(limiter.pass(token('c'), never)).rejects.toMatchObject({ details: { limit: 2, of: 'things of this edge' } });
});

test('work that ends frees its place, however it ends', async () => {
  const limiter = new ShareLimiter(limits(1, 1));
  await expect(limiter.pass(token('a'), () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
  expect(await limiter.pass(token('a'), () => Promise.resolve(1))).toBe(1);
  expect(await limiter.pass(token('b'), () => Promise.resolve(2))).toBe(2);
});
