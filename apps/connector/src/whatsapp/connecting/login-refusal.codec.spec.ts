import type { LoginRefusal } from '@wabus/contracts';
import { describeRefusal, readLoginRefusal } from './login-refusal.codec.js';

const NOW = Date.parse('2026-11-29T00:00:00.000Z');
const nothing: LoginRefusal = {
  location: null,
  cause: null,
  until: null,
  message: null,
  url: null,
  header: null,
  text: null,
  violation: null
};

test.each<[what: string, attrs: Record<string, string>, said: Partial<LoginRefusal>]>([
  ['a temporary ban', { reason: '402', code: '101', expire: '3600' }, { cause: 'too-many-people', until: '2026-11-29T01:00:00.000Z' }],
  ['a ban for blocks', { reason: '402', code: '102' }, { cause: 'blocked-by-many' }],
  ['a ban for groups', { reason: '402', code: '103' }, { cause: 'too-many-groups' }],
  ['a ban for repetition', { reason: '402', code: '104' }, { cause: 'same-message' }],
  ['a ban for lists', { reason: '402', code: '106' }, { cause: 'broadcast-list' }],
  ['a ban with an unknown reason', { reason: '402', code: '105', location: 'x' }, { location: 'x' }],
  [
    'a lock',
    { reason: '403', location: 'vll', logout_message_header: 'h', logout_message_subtext: 's', violation_reason: '14' },
    { location: 'vll', header: 'h', text: 's', violation: '14' }
  ],
  ['an outdated client', { reason: '405', location: 'atn', url: 'https://x' }, { location: 'atn', url: 'https://x' }],
  ['a number of seconds in another attribute', { reason: '403', code: '101', expire: '3600', message: 'm' }, { message: 'm' }]
])('%s', (_what, attrs, said) => expect(readLoginRefusal(attrs, NOW)).toEqual({ ...nothing, ...said }));

test.each(['0', '-5', 'soon', '1e300', ''])('an invalid end of a ban is omitted: %j', expire => {
  expect(readLoginRefusal({ reason: '402', code: '101', expire }, NOW)).toEqual({ ...nothing, cause: 'too-many-people' });
});

test('a code without details has no refusal', () => expect(readLoginRefusal({ reason: '503' }, NOW)).toBeNull());

test('the description contains only cause and end', () => {
  const until = '2026-11-30T00:00:00.000Z';
  expect(describeRefusal({ ...nothing, cause: 'blocked-by-many', until })).toBe(
    ` The cause is that many people blocked the account. The ban ends at ${until}.`
  );
  expect(describeRefusal({ ...nothing, location: 'vll', header: 'h' })).toBe('');
});
