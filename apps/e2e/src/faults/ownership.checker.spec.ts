import { NOTHING_OBSERVED, type SessionId, type SessionStatus } from '@wabus/contracts';
import type { LoginPeriod } from '@wabus/testing';
import { breaches, ownerWrites, unsettled, type JournalEntry, type OwnershipFacts } from './ownership.checker.js';

const status = (part: Partial<SessionStatus> = {}): SessionStatus => ({
  ...NOTHING_OBSERVED,
  session: 's' as SessionId,
  state: 'open',
  connector: 'c1',
  epoch: 5,
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...part
});
const login = (from: number, to: number | null, end: LoginPeriod['end'] = to === null ? null : 'closed'): LoginPeriod => ({
  phoneNumber: '1555',
  device: 1,
  from,
  to,
  end
});
const write = (sequence: number, key: string, part: Partial<JournalEntry> = {}): JournalEntry => ({
  sequence,
  key,
  fence: null,
  batch: null,
  owner: null,
  ...part
});
const facts = (part: Partial<OwnershipFacts> = {}): OwnershipFacts => ({
  sessions: [{ status: status(), phoneNumber: '1555' }],
  connectors: ['c1', 'c2'],
  logins: [login(10, null)],
  conflicts: 0,
  journal: [write(5, 'own.s', { owner: 'c1' })],
  ...part
});
const reporting = (part: Partial<SessionStatus>): Partial<OwnershipFacts> => ({
  sessions: [{ status: status(part), phoneNumber: '1555' }]
});

test('a session that is open on its owner, once, is settled', () => expect(unsettled(facts())).toEqual([]));

test.each<[string, Partial<OwnershipFacts>]>([
  ['not open', reporting({ state: 'waiting' })],
  ['without a connector', reporting({ connector: null })],
  ['on a connector that has ended', { connectors: ['c2'] }],
  ['not connected to WhatsApp', { logins: [login(10, 20)] }],
  ['connected twice', { logins: [login(10, null), login(20, null)] }],
  ['under an epoch that it does not report', reporting({ epoch: 4 })],
  ['on a connector that it does not report', reporting({ connector: 'c2' })],
  ['without an owner', { journal: [write(5, 'own.s', { owner: 'c1' }), write(6, 'own.s')] }]
])('a session is not settled that is %s', (_what, part) => expect(unsettled(facts(part))).not.toEqual([]));

test('consecutive logins and replacements are not a breach', () => {
  expect(breaches(facts({ logins: [login(10, 20), login(20, 30), login(40, null)] }))).toEqual([]);
  expect(breaches(facts({ logins: [login(10, 20, 'replaced'), login(20, null)], conflicts: 1 }))).toEqual([]);
});

test.each<[string, LoginPeriod[]]>([
  ['that overlap', [login(10, 30), login(20, null)]],
  ['of which the first never ended', [login(10, null), login(20, 30)]],
  ['of which the first got no conflict', [login(10, 20, 'overlapped'), login(20, null)]],
  ['that were replaced without a conflict', [login(10, 20, 'replaced'), login(20, null)]]
])('two logins %s are a breach', (_what, logins) => expect(breaches(facts({ logins }))).toHaveLength(1));

describe('writes of keys', () => {
  const journal = [
    write(5, 'own.s', { owner: 'c1' }),
    write(6, 'auth.s.creds', { fence: 5 }),
    write(7, 'auth.s.session.x', { fence: 5, batch: 'b1' }),
    write(8, 'auth.s.session.y', { batch: 'b1' }),
    write(9, 'own.s', { owner: 'c2' })
  ];

  test('with the epoch of their time are not a breach', () => {
    expect(breaches(facts({ journal: [...journal, write(10, 'auth.s.creds', { fence: 9 })].reverse() }))).toEqual([]);
    expect(ownerWrites(journal, 's').map(({ owner }) => owner)).toEqual(['c1', 'c2']);
  });

  test('reveal an owner whose own write was missed', () => {
    const missed = [write(12, 'auth.s.creds', { fence: 11 })];
    expect(breaches(facts({ journal: [...journal, ...missed] }))).toEqual([]);
    expect(breaches(facts({ journal: [...journal, ...missed, write(13, 'auth.s.creds', { fence: 9 })] }))).toHaveLength(1);
  });

  test.each([
    ['single', [write(10, 'auth.s.creds', { fence: 5 })], 1],
    ['a batch', [write(10, 'auth.s.creds', { fence: 5, batch: 'b2' }), write(11, 'auth.s.session.x', { batch: 'b2' })], 2]
  ] as const)('under a past epoch are a breach: %s', (_what, late, count) =>
    expect(breaches(facts({ journal: [...journal, ...late] }))).toHaveLength(count)
  );
});
