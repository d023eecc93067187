import type { Account } from '../accounts/account.js';
import type { GroupRecord } from './group.state.js';

/** What a companion may ask of a group, as far as permission goes. */
export type GroupAction = 'see' | 'add' | 'moderate' | 'edit-info' | 'configure';

/**
 * Whether an account may do something in a group: members see; admins do all the rest; members add when `all_member_add`, and edit subject
 * and description unless the group is locked.
 */
export function mayInGroup(group: GroupRecord, account: Account, action: GroupAction): boolean {
  if (!group.members.has(account)) return false;
  switch (action) {
    case 'see':
      return true;
    case 'add':
      return group.memberAddMode === 'all_member_add' || group.isAdmin(account);
    case 'edit-info':
      return !group.locked || group.isAdmin(account);
    case 'moderate':
    case 'configure':
      return group.isAdmin(account);
  }
}

export type MembershipChange = 'add' | 'remove' | 'promote' | 'demote';

/** The code with which the server refuses a change of one member, `undefined` when it goes through. */
export function membershipRefusal(group: GroupRecord, change: MembershipChange, target: Account | undefined): string | undefined {
  if (!target) return '404';
  const role = group.members.get(target);
  if (change === 'add') return role === undefined ? undefined : '409';
  if (role === undefined) return '404';
  return role === 'superadmin' ? '405' : undefined;
}
