import {
  NOTHING_OBSERVED,
  NOTHING_REPORTED,
  connectorKey,
  encodeJsonRecord,
  recordKey,
  statusKey,
  type SessionId,
  type SessionStatusRecord
} from '@wabus/contracts';
import { RegistryState } from './registry.state.js';
import { newRecord, sessionViewOf } from './session-view.policy.js';

const sales = 'sales' as SessionId;
const record = newRecord(sales, new Date('2026-01-01T00:00:00Z'));
const status: SessionStatusRecord = {
  ...NOTHING_OBSERVED,
  session: sales,
  state: 'pairing',
  connector: 'c1',
  epoch: 7,
  updatedAt: '2026-01-01T00:00:01.000Z',
  qr: { text: 'secret-qr', attempt: 1, issuedAt: '2026-01-01T00:00:01.000Z', expiresAt: '2026-01-01T00:01:01.000Z' },
  pairingCode: { code: 'ABCD1234', issuedAt: '2026-01-01T00:00:01.000Z' },
  recordAt: null
};

describe('RegistryState', () => {
  it('keeps the newest revision of a key in any order of changes', () => {
    const state = new RegistryState();
    state.apply({ key: recordKey(sales), value: encodeJsonRecord({ ...record, generation: 2 }), revision: 5 });
    state.apply({ key: recordKey(sales), value: encodeJsonRecord(record), revision: 4 });
    expect(state.record(sales)?.generation).toBe(2);
    state.apply({ key: recordKey(sales), value: null, revision: 9 });
    state.apply({ key: recordKey(sales), value: encodeJsonRecord(record), revision: 8 });
    expect(state.record(sales)).toBeUndefined();
    state.apply({ key: recordKey(sales), value: encodeJsonRecord(record), revision: 10 });
    expect(state.all()).toEqual([record]);
  });

  it.each([
    'not json',
    'null',
    '[]',
    '{"session":"other","desired":"running","generation":1}',
    '{"session":"sales","desired":"dancing","generation":1}'
  ])('reports a value that is not a record: %s', text => {
    const state = new RegistryState();
    expect(state.apply({ key: recordKey(sales), value: Buffer.from(text), revision: 1 })).toBe(false);
    expect(state.record(sales)).toBeUndefined();
  });

  it('lists connectors from their reports and from statuses', () => {
    const state = new RegistryState();
    state.apply({ key: statusKey(sales), value: encodeJsonRecord(status), revision: 1 });
    state.apply({ key: connectorKey('idle'), value: encodeJsonRecord({ version: '0.3.0' }), revision: 2 });
    expect([...state.connectors()]).toEqual(['c1', 'idle']);
    expect(state.report('idle')).toEqual({ ...NOTHING_REPORTED, version: '0.3.0' });
    expect(state.report('c1')).toBeUndefined();
    state.apply({ key: connectorKey('idle'), value: null, revision: 3 });
    expect([...state.connectors()]).toEqual(['c1']);
    expect(state.apply({ key: connectorKey('idle'), value: Buffer.from('not json'), revision: 4 })).toBe(false);
  });

  it('ignores keys that do not belong to the registry', () => {
    const state = new RegistryState();
    expect(state.apply({ key: 'other.sales', value: Buffer.from('x'), revision: 1 })).toBe(true);
    expect(state.all()).toEqual([]);
  });
});

describe('viewOf', () => {
  it('shows no code that links an account', () => {
    const state = new RegistryState();
    state.apply({ key: statusKey(sales), value: Buffer.from(JSON.stringify(status)), revision: 1 });
    const view = sessionViewOf(record, state.status(sales));
    expect(view.status).toMatchObject({ state: 'pairing', connector: 'c1', epoch: 7 });
    expect(JSON.stringify(view)).not.toMatch(/secret-qr|ABCD1234/);
  });

  it('shows an unreported session as starting or as stopped', () => {
    expect(sessionViewOf(record, undefined).status).toMatchObject({ state: 'starting', connector: null, updatedAt: record.updatedAt });
    expect(sessionViewOf({ ...record, desired: 'stopped' }, undefined).status.state).toBe('stopped');
  });
});
