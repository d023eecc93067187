import type { Principal } from '../auth/principal.js';
import { TransferLimiter } from './transfer.limiter.js';

const token = (id: string): Principal => ({ id, sessions: '*', scopes: [] });
const never = (): Promise<never> => new Promise(() => undefined);

test('one token takes no more than its share, others go on', async () => {
  const limiter = new TransferLimiter({ inAll: 3, perToken: 2 });
  for (let i = 0; i < 2; i++) void limiter.pass(token('a'), never);
  await expect(limiter.pass(token('a'), never)).rejects.toMatchObject({
    code: 'LIMIT_REACHED',
    details: { limit: 2, of: 'media transfers of one token' }
  });
  expect(await limiter.pass(token('b'), () => Promise.resolve('done'))).toBe('done');
});

test('all together take no more than the limit of the edge', async () => {
  const limiter = new TransferLimiter({ inAll: 2, perToken: 2 });
  for (const id of ['a', 'b']) void limiter.pass(token(id), never);
  await expect(limiter.pass(token('c'), never)).rejects.toMatchObject({ details: { limit: 2, of: 'media transfers of this edge' } });
});

test('a transfer that ends gives its place back, however it ends', async () => {
  const limiter = new TransferLimiter({ inAll: 1, perToken: 1 });
  await expect(limiter.pass(token('a'), () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
  expect(await limiter.pass(token('a'), () => Promise.resolve(1))).toBe(1);
  expect(await limiter.pass(token('b'), () => Promise.resolve(2))).toBe(2);
});
