import type { Account } from '../accounts/account.js';
import type { GroupRecord } from './group.state.js';

/** The actions that a companion may request in a group, as far as permissions distinguish them. */
export type GroupAction = 'see' | 'add' | 'moderate' | 'edit-info' | 'configure';

/**
 * Returns whether an account may do something in a group: members see; admins do everything else;
 * members add if `all_member_add`, and edit subject and description unless the group is locked.
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

/** Returns the code with which the server refuses a change of one member; `undefined` if it permits the change. */
export function membershipRefusal(group: GroupRecord, change: MembershipChange, target: Account | undefined): string | undefined {
  if (!target) return '404';
  const role = group.members.get(target);
  if (change === 'add') return role === undefined ? undefined : '409';
  if (role === undefined) return '404';
  return role === 'superadmin' ? '405' : undefined;
}
