import type { Principal } from '../auth/principal.js';
import { PrincipalWatch } from '../auth/principal-revocations.js';
import { StreamRegistry } from './stream.registry.js';

const principal = (id: string, more: Partial<Principal> = {}): Principal => ({ id, sessions: '*', scopes: ['read'], ...more });

describe('streams without an end of their own', () => {
  const watch = new PrincipalWatch();
  const registry = new StreamRegistry(watch, {
    streams: {
      perToken: { most: 2, of: 'event streams of one token', setting: 'WABUS_A' },
      inAll: { most: 3, of: 'event streams of this edge', setting: 'WABUS_B' }
    },
    keepAliveMs: 1_000,
    stallMs: 1_000
  });
  afterAll(() => watch.stop());

  it('end when their token expires or is revoked, and no others', async () => {
    const expiring = registry.admit(principal('a', { expiresAt: Date.now() + 30 }));
    const revoked = registry.admit(principal('b'));
    const other = registry.admit(principal('c'));
    await new Promise(resolve => expiring.ended.addEventListener('abort', resolve));
    watch.review(({ id }) => id !== 'b');
    expect([expiring, revoked, other].map(({ ended }) => (ended.aborted ? (ended.reason as unknown) : 'open'))).toEqual([
      'expired',
      'revoked',
      'open'
    ]);
    for (const stream of [expiring, revoked, other]) stream.release();
  });

  it('are counted by token until they are over', () => {
    const streams = [registry.admit(principal('d')), registry.admit(principal('d'))];
    expect(() => registry.admit(principal('d'))).toThrow(expect.objectContaining({ code: 'LIMIT_REACHED' }) as Error);
    const other = registry.admit(principal('e'));
    expect(() => registry.admit(principal('f'))).toThrow(
      expect.objectContaining({ details: { limit: 3, of: 'event streams of this edge', setting: 'WABUS_B' } }) as Error
    );
    other.release();
    streams[0]!.release();
    registry.admit(principal('d')).release();
    streams[1]!.release();
  });

  it('end when the edge stops, and no new ones are admitted', () => {
    const before = registry.admit(principal('f'));
    registry.beforeApplicationShutdown();
    const after = registry.admit(principal('g'));
    expect([before.ended.reason, after.ended.reason]).toEqual(['stopping', 'stopping']);
  });
});
