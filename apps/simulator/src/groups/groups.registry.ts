import type { Account } from '../accounts/account.js';
import type { Group, GroupDirectory, NewGroup } from '../accounts/group.js';
import type { World } from '../world/world.js';
import { GroupRecord } from './group.state.js';

/** {@inheritDoc GroupDirectory} */
export class GroupsRegistry implements GroupDirectory {
  private readonly groups = new Map<string, GroupRecord>();
  private sequence = 0;

  /** Registers a group without notifying anybody. Invents a jid (`120363…@g.us`) unless a restored group has its own. */
  create(wanted: NewGroup & { jid?: string }): GroupRecord {
    const group = new GroupRecord(wanted.jid ?? this.inventJid(), wanted.owner, wanted.subject, wanted.addressing ?? 'lid');
    group.isCommunityAnnounce = wanted.announcements ?? false;
    for (const member of wanted.members) if (member !== wanted.owner) group.admit(member);
    this.groups.set(group.jid, group);
    return group;
  }

  find(jid: string): GroupRecord | undefined {
    return this.groups.get(jid);
  }

  all(): GroupRecord[] {
    return [...this.groups.values()];
  }

  ofMember(account: Account): GroupRecord[] {
    return this.all().filter(group => group.members.has(account));
  }

  byInviteCode(code: string): GroupRecord | undefined {
    return this.all().find(group => group.inviteCode === code);
  }

  /** Returns the groups that are linked to a community. */
  linkedTo(parentJid: string): GroupRecord[] {
    return this.all().filter(group => group.parentJid === parentJid);
  }

  remove(group: GroupRecord): void {
    this.groups.delete(group.jid);
  }

  private inventJid(): string {
    for (;;) {
      const jid = `120363${String(++this.sequence).padStart(12, '0')}@g.us`;
      if (!this.groups.has(jid)) return jid;
    }
  }
}

/** Returns the world's groups with the methods that the group handlers need; every world is built with a {@link GroupsRegistry}. */
export function groupsOf(world: World): GroupsRegistry {
  if (world.groups instanceof GroupsRegistry) return world.groups;
  throw new TypeError('the world was built without a GroupsRegistry');
}

/** Returns the full state of a group in the contract. */
export function groupRecordOf(group: Group): GroupRecord {
  if (group instanceof GroupRecord) return group;
  throw new TypeError('the group does not come from a GroupsRegistry');
}
