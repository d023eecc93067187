import { NOTHING_OBSERVED, type SessionId, type SessionStatusRecord } from '@wabus/contracts';
import type { KnownSession } from '../commands-out/session.registry.store.js';
import { qrOffer } from './connection-data.policy.js';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const known = (status: Partial<SessionStatusRecord>): KnownSession => ({
  record: { session: 's' as SessionId, desired: 'running', generation: 1, createdAt: '', updatedAt: '' },
  status: {
    ...NOTHING_OBSERVED,
    session: 's' as SessionId,
    state: 'pairing',
    connector: 'c1',
    epoch: 1,
    updatedAt: '',
    qr: { text: '2@abc', attempt: 1, issuedAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T00:00:20.000Z' },
    pairingCode: null,
    recordAt: 'now',
    ...status
  }
});

describe('qrOffer', () => {
  it('reports the remaining time in whole seconds', () => {
    expect(qrOffer(known({}), null, START)).toEqual({ text: '2@abc', ttlSeconds: 20 });
    expect(qrOffer(known({}), null, START + 500)).toEqual({ text: '2@abc', ttlSeconds: 19 });
    expect(qrOffer(known({}), null, START + 19_000)).toEqual({ text: '2@abc', ttlSeconds: 1 });
  });

  it('offers none that is gone, outdated or about to expire', () => {
    expect(qrOffer(known({}), null, START + 19_001)).toBe('none');
    expect(qrOffer(known({}), 'later', START)).toBe('none');
    expect(qrOffer(known({}), 'now', START)).toMatchObject({ text: '2@abc' });
    expect(qrOffer(known({ qr: null }), null, START)).toBe('none');
    expect(qrOffer(known({ state: 'starting' }), null, START)).toBe('none');
    expect(qrOffer({ ...known({}), status: undefined }, null, START)).toBe('none');
    expect(qrOffer(null, null, START)).toBe('none');
  });

  it('offers none of a session that is linked', () => {
    const account = { id: '4915@s.whatsapp.net', lid: null, name: null, platform: null };
    expect(qrOffer(known({ account }), null, START)).toBe('linked');
  });
});
