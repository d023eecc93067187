import { AccountsRegistry } from '../accounts/accounts.registry.js';
import { mayInGroup, membershipRefusal, type GroupAction, type MembershipChange } from './group.policy.js';
import { GroupsRegistry } from './groups.registry.js';

const accounts = new AccountsRegistry();
const [owner, admin, member, stranger] = ['owner', 'admin', 'member', 'stranger'].map(name => accounts.create({ name }));
if (!owner || !admin || !member || !stranger) throw new Error('unreachable');
const people = { owner, admin, member, stranger };

function groupWith(settings: { locked?: boolean; memberAddMode?: 'admin_add' | 'all_member_add' } = {}) {
  const group = new GroupsRegistry().create({ subject: 'Test', owner: people.owner, members: [people.admin, people.member] });
  group.members.set(people.admin, 'admin');
  return Object.assign(group, settings);
}

const actions: GroupAction[] = ['see', 'add', 'moderate', 'edit-info', 'configure'];
const allowed = (who: keyof typeof people, settings = {}) => actions.filter(action => mayInGroup(groupWith(settings), people[who], action));

test('admins may do anything, members edit the subject', () => {
  expect(allowed('owner')).toEqual(actions);
  expect(allowed('admin')).toEqual(actions);
  expect(allowed('member')).toEqual(['see', 'edit-info']);
  expect(allowed('stranger')).toEqual([]);
});

test('a locked group blocks edits; all_member_add allows adding', () => {
  expect(allowed('member', { locked: true })).toEqual(['see']);
  expect(allowed('member', { memberAddMode: 'all_member_add' })).toEqual(['see', 'add', 'edit-info']);
  expect(allowed('admin', { locked: true })).toEqual(actions);
});

test.each<[MembershipChange, Record<keyof typeof people | 'nobody', string | undefined>]>([
  ['add', { owner: '409', admin: '409', member: '409', stranger: undefined, nobody: '404' }],
  ['remove', { owner: '405', admin: undefined, member: undefined, stranger: '404', nobody: '404' }],
  ['promote', { owner: '405', admin: undefined, member: undefined, stranger: '404', nobody: '404' }],
  ['demote', { owner: '405', admin: undefined, member: undefined, stranger: '404', nobody: '404' }]
])('%s is refused per participant with the right code', (change, expected) => {
  const group = groupWith();
  const refusals = Object.fromEntries(
    Object.keys(expected).map(who => [
      who,
      membershipRefusal(group, change, who === 'nobody' ? undefined : people[who as keyof typeof people])
    ])
  );
  expect(refusals).toEqual(expected);
});
