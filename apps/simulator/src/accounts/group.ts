import type { Addressing } from '@wabus/testing';
import type { Account } from './account.js';

export type GroupRole = 'member' | 'admin' | 'superadmin';

/** The data of a group that message routing needs; `groups/` stores more. */
export interface Group {
  /** `<digits>@g.us` */
  readonly jid: string;
  subject: string;
  readonly owner: Account;
  /** Whether the group's stanzas address members by number or by LID. */
  readonly addressing: Addressing;
  readonly members: Map<Account, GroupRole>;
  /** Whether this is the announcement group of a community. */
  readonly isCommunityAnnounce: boolean;
}

export interface NewGroup {
  subject: string;
  owner: Account;
  /** Without the owner. */
  members: Account[];
  addressing?: Addressing;
  announcements?: boolean;
}

/** The groups of the simulated world. An interface, because the implementation in `groups/` depends on the world. */
export interface GroupDirectory {
  /** Registers a group without notifying anybody; the addressing is `lid` by default. */
  create(group: NewGroup): Group;
  find(jid: string): Group | undefined;
  all(): Group[];
}
