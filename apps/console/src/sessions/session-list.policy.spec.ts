import { NOTHING_OBSERVED } from '@wabus/contracts';
import type { LinkedAccount, SessionView } from '@wabus/sdk';
import { choiceOf, chosenSessions, countsByState, parametersOf, sessionsFor } from './session-list.policy.js';
import type { SessionStateName } from './session-state.table.js';

function session(name: string, state: SessionStateName, more: { account?: LinkedAccount; lastMessageAt?: string } = {}): SessionView {
  const facts = { session: name, connector: 'c', epoch: 1, updatedAt: '', snapshots: [], state, account: null, ...more };
  return { session: name, desired: 'running', createdAt: '', status: { ...NOTHING_OBSERVED, ...facts } };
}

const ANA: LinkedAccount = { id: '5511987654321@s.whatsapp.net', lid: null, name: 'Ana Café', platform: null };
const ALL = [
  session('b-open', 'open', { account: ANA, lastMessageAt: '2030-01-02T00:00:00Z' }),
  session('a-open', 'open', { lastMessageAt: '2030-01-01T00:00:00Z' }),
  session('stopped', 'stopped'),
  session('failed', 'failed'),
  session('waiting', 'waiting')
];
const shown = (query: string): string[] => chosenSessions(ALL, choiceOf(new URLSearchParams(query))).map(one => one.session);

describe('the list of sessions', () => {
  it('begins with troubled sessions', () => {
    expect(shown('')).toEqual(['failed', 'waiting', 'a-open', 'b-open', 'stopped']);
  });

  it('is sorted by name, or by the last message', () => {
    expect(shown('sort=name')).toEqual(['a-open', 'b-open', 'failed', 'stopped', 'waiting']);
    expect(shown('sort=recent')).toEqual(['b-open', 'a-open', 'failed', 'stopped', 'waiting']);
  });

  it.each(['', 'q=a+b', 'q=%2B55&state=failed', 'state=open&sort=recent'])('is stored in the address: ?%s', query => {
    expect(String(parametersOf(choiceOf(new URLSearchParams(query))))).toBe(query);
  });

  it.each([
    ['state=open', ['a-open', 'b-open']],
    ['state=nonsense&sort=nonsense', ['failed', 'waiting', 'a-open', 'b-open', 'stopped']],
    ['q=OPEN', ['a-open', 'b-open']],
    ['q=ana', ['b-open']],
    ['q=%2B55+11+98765', ['b-open']],
    ['q=open&state=failed', []],
    ['q=s.whatsapp', []]
  ])('with %s shows %j', (query, names) => {
    expect(shown(query)).toEqual(names);
  });

  it('counts the existing states, troubled ones first', () => {
    expect(countsByState(ALL)).toEqual([
      ['failed', 1],
      ['waiting', 1],
      ['open', 2],
      ['stopped', 1]
    ]);
  });

  it('offers a bulk action only for matching sessions', () => {
    expect(sessionsFor('start', ALL)).toEqual(['stopped']);
    expect(sessionsFor('stop', ALL)).toEqual(['b-open', 'a-open', 'failed', 'waiting']);
  });
});
