import { rehearsalFaults, type Rehearsed } from './rehearsal.checker.js';

const CLEAN: Rehearsed = {
  written: [{ who: 's1', text: 'in 1' }],
  published: [{ who: 's1', text: 'in 1' }],
  sent: [{ who: '1555', text: 'out 1' }],
  received: [{ who: '1555', text: 'out 1' }],
  ended: [{ session: 's1', reason: 'connection-closed' }],
  provoked: new Map([['s1', new Set(['connection-closed'])]]),
  refusals: [{ session: 's1', command: 'sendMessage', code: 'REFUSED_BY_WHATSAPP', named: true }],
  unconfirmed: [],
  strayed: [],
  locked: [],
  toNobody: [],
  insisted: []
};
const PLANTED: [name: string, fault: Partial<Rehearsed>, found: RegExp][] = [
  ['a lost message', { published: [] }, /in 1, written to s1, arrived 0 times/],
  ['a message that came twice', { published: [...CLEAN.published, ...CLEAN.published] }, /arrived 2 times/],
  ['a message at somebody else', { received: [{ who: '1556', text: 'out 1' }] }, /out 1, sent by command to 1555, arrived 0 times/],
  ['a stream that we ended', { ended: [{ session: 's1', reason: 'unacknowledged-stanza' }] }, /unacknowledged-stanza, which nobody/],
  ['an end of a session that was left alone', { ended: [{ session: 's2', reason: 'connection-closed' }] }, /s2: a connection ended/],
  ['a queue that does not drain', { unconfirmed: [{ session: 's1', stanzas: 3 }] }, /3 stanzas are left/],
  ['an account that was locked by us', { locked: [{ session: 's1', resends: 9 }] }, /was locked after 9 messages/],
  [
    'an account that is locked',
    { strayed: [{ session: 's1', state: 'failed', reason: 'forbidden' }] },
    /is failed at the end \(forbidden\)/
  ],
  ['a message to nobody', { toNobody: [{ session: 's1', messages: 1 }] }, /1 messages to numbers/],
  ['a login that insists', { insisted: [{ session: 's1', logins: 4 }] }, /logged in 4 times/],
  [
    'a refusal without a name',
    { refusals: [{ session: 's1', command: 'sendMessage', code: 'INTERNAL', named: false }] },
    /sendMessage failed with INTERNAL/
  ]
];

test('a rehearsal without problems has no faults', () => {
  expect(rehearsalFaults(CLEAN)).toEqual([]);
});

test.each(PLANTED)('the checker of the rehearsal finds %s', (_name, fault, found) => {
  const faults = rehearsalFaults({ ...CLEAN, ...fault });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(found);
});
