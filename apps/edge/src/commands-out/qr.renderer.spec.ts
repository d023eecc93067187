import { NOTHING_OBSERVED, type PasskeyStage, type SessionId, type SessionStatusRecord, type WabusError } from '@wabus/contracts';
import { visibleQr } from './qr.renderer.js';

const pairing: SessionStatusRecord = {
  ...NOTHING_OBSERVED,
  session: 'sales' as SessionId,
  state: 'pairing',
  connector: 'c1',
  epoch: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
  qr: { text: '2@abc', attempt: 3, issuedAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T00:00:20.000Z' },
  pairingCode: null,
  recordAt: null
};
const at = (second: number): Date => new Date(Date.parse('2026-01-01T00:00:00.000Z') + second * 1_000);
const codeOf = (status: SessionStatusRecord | undefined, now: Date): string => {
  try {
    visibleQr(status, now);
    return 'visible';
  } catch (error) {
    return (error as WabusError).code;
  }
};

describe('visibleQr', () => {
  it('shows a QR code until it expires, with the time left', () => {
    expect(visibleQr(pairing, at(5))).toEqual({ text: '2@abc', attempt: 3, ttlMs: 15_000 });
    expect(codeOf(pairing, at(20))).toBe('QR_NOT_AVAILABLE');
    expect(codeOf(pairing, at(21))).toBe('QR_NOT_AVAILABLE');
  });

  it('throws if there is no code', () => {
    expect(codeOf(undefined, at(0))).toBe('QR_NOT_AVAILABLE');
    expect(codeOf({ ...pairing, qr: null }, at(0))).toBe('QR_NOT_AVAILABLE');
    expect(codeOf({ ...pairing, state: 'stopped' }, at(0))).toBe('QR_NOT_AVAILABLE');
    expect(codeOf({ ...pairing, qr: { ...pairing.qr!, expiresAt: 'never' } }, at(0))).toBe('QR_NOT_AVAILABLE');
  });

  it('reports a passkey request until it is over', () => {
    const asked = (stage: PasskeyStage): SessionStatusRecord => ({
      ...pairing,
      qr: null,
      passkey: { stage, requestedAt: '', expiresAt: null, code: null, compare: false, error: null }
    });
    const detailsOf = (status: SessionStatusRecord): unknown => {
      try {
        return visibleQr(status, at(0));
      } catch (error) {
        return (error as WabusError).details;
      }
    };
    expect(detailsOf(asked('assertion'))).toEqual({ state: 'pairing', passkey: true });
    expect(detailsOf(asked('finishing'))).toEqual({ state: 'pairing', passkey: true });
    expect(detailsOf(asked('failed'))).toEqual({ state: 'pairing' });
  });

  it('shows none for a linked session, not even an old one', () => {
    const account = { id: '4915@s.whatsapp.net', lid: null, name: null, platform: null };
    expect(codeOf({ ...pairing, account }, at(0))).toBe('ALREADY_PAIRED');
  });

  it.each([
    ['stopped', false],
    ['logged-out', false],
    ['failed', false],
    ['starting', true],
    ['pairing', true],
    ['waiting', true]
  ] as const)('reports in state %s whether waiting helps', (state, retryable) => {
    const read = (): unknown => visibleQr({ ...pairing, state, qr: null, account: null }, at(0));
    expect(read).toThrow(expect.objectContaining({ code: 'QR_NOT_AVAILABLE', retryable }) as Error);
    if (!retryable) expect(read).toThrow(/[Ss]tart/);
  });
});
