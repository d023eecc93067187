import type { Addressing } from '@wabus/testing';
import type { Account } from './account.js';

export type GroupRole = 'member' | 'admin' | 'superadmin';

/** What message routing must know of a group; `groups/` keeps more. */
export interface Group {
  /** `<digits>@g.us` */
  readonly jid: string;
  subject: string;
  readonly owner: Account;
  /** How members are named in the group's stanzas. */
  readonly addressing: Addressing;
  readonly members: Map<Account, GroupRole>;
  /** The group of a community in which its admins announce. */
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

/** The groups of the simulated world; `groups/` keeps them, and knows the world. */
export interface GroupDirectory {
  /** Registers a group without notifying anybody; `lid` addressing unless said otherwise. */
  create(group: NewGroup): Group;
  find(jid: string): Group | undefined;
  all(): Group[];
}
