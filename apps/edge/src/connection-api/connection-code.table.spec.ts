import { CONNECTION_STATUSES, SESSION_STATES, type DesiredState, type SessionState } from '@wabus/contracts';
import { connectionCode } from './connection-code.table.js';

const DESIRED: readonly DesiredState[] = ['running', 'stopped', 'logged-out', 'deleted'];
const code = (state: SessionState, desired: DesiredState, linked: boolean, showsQr = false): number =>
  connectionCode({ state, desired, linked, showsQr, passkey: false });

describe('connectionCode', () => {
  it('has one documented code for each state', () => {
    const seen = new Set<number>();
    for (const state of SESSION_STATES)
      for (const desired of DESIRED)
        for (const linked of [true, false]) for (const showsQr of [true, false]) seen.add(code(state, desired, linked, showsQr));
    expect([...seen].sort((a, b) => a - b)).toEqual(Object.keys(CONNECTION_STATUSES).map(Number));
  });

  it.each<[state: SessionState, linked: number, unlinked: number]>([
    ['stopped', 0, 0],
    ['starting', 4, 4],
    ['connecting', 1, 1],
    ['open', 10, 10],
    ['waiting', 11, 0],
    ['failed', 11, 13],
    ['logged-out', 13, 13]
  ])('%s is %i with an account and %i without', (state, linked, unlinked) => {
    expect([code(state, 'running', true), code(state, 'running', false)]).toEqual([linked, unlinked]);
  });

  it('distinguishes a QR code that is shown from a scanned one', () => {
    expect([code('pairing', 'running', false, true), code('pairing', 'running', false, false), code('pairing', 'running', true)]).toEqual([
      3, 2, 2
    ]);
  });

  it('stays that of a scanned QR code during a passkey request', () => {
    for (const state of ['pairing', 'waiting', 'connecting'] as const)
      expect(connectionCode({ state, desired: 'running', linked: false, showsQr: false, passkey: true })).toBe(2);
  });

  it('distinguishes a requested logout from another one', () => {
    expect([code('logged-out', 'logged-out', false), code('logged-out', 'stopped', false), code('logged-out', 'running', false)]).toEqual([
      0, 0, 13
    ]);
  });
});
