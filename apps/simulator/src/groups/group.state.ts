import { randomBytes } from 'node:crypto';
import type { Addressing } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import type { Group, GroupRole } from '../accounts/group.js';

export type MemberAddMode = 'admin_add' | 'all_member_add';

export interface GroupDescription {
  id: string;
  text: string;
  author: Account;
  /** Seconds since 1970. */
  at: number;
}

export interface JoinRequest {
  method: 'invite_link' | 'non_admin_add';
  /** The author of the request: the candidate, or the member who tried to add the candidate. */
  requester: Account;
  /** Seconds since 1970. */
  at: number;
}

/** The state of one group on the server. `group.policy.ts` decides who may change it. */
export class GroupRecord implements Group {
  readonly members = new Map<Account, GroupRole>();
  /** Seconds since 1970. */
  readonly createdAt = Math.floor(Date.now() / 1000);
  subjectAuthor: Account;
  subjectAt = this.createdAt;
  description: GroupDescription | undefined;
  /** Only admins may write. */
  announcement = false;
  /** Only admins may change subject, description and picture. */
  locked = false;
  /** WhatsApp has suspended the group. */
  suspended = false;
  ephemeralSeconds = 0;
  memberAddMode: MemberAddMode = 'admin_add';
  joinApproval = false;
  /** Numbers that increase with each change. */
  memberVersion = '1';
  settingVersion = '1';
  inviteCode = newInviteCode();
  /** Codes of invitation messages to single accounts. */
  readonly personalInvites = new Map<Account, string>();
  readonly joinRequests = new Map<Account, JoinRequest>();
  pictureId: string | undefined;
  /** A community: a group of groups. */
  isParent = false;
  /** The announcement group of a community. */
  isCommunityAnnounce = false;
  /** The community to which this group belongs. */
  parentJid: string | undefined;

  constructor(
    readonly jid: string,
    readonly owner: Account,
    public subject: string,
    readonly addressing: Addressing
  ) {
    this.subjectAuthor = owner;
    this.members.set(owner, 'superadmin');
  }

  /** The part of the jid before the `@`. */
  get id(): string {
    return this.jid.slice(0, this.jid.indexOf('@'));
  }

  isAdmin(account: Account): boolean {
    const role = this.members.get(account);
    return role === 'admin' || role === 'superadmin';
  }

  /** Makes an account a member and deletes its pending request. */
  admit(account: Account): void {
    this.members.set(account, 'member');
    this.joinRequests.delete(account);
    this.personalInvites.delete(account);
  }

  rename(subject: string, author: Account): void {
    this.subject = subject;
    this.subjectAuthor = author;
    this.subjectAt = Math.floor(Date.now() / 1000);
  }

  /** Invalidates the previous invite link; returns the new code. */
  renewInviteCode(): string {
    this.inviteCode = newInviteCode();
    return this.inviteCode;
  }

  /** Returns a code for an invitation message that only `account` can use. */
  invitePersonally(account: Account): string {
    const code = newInviteCode();
    this.personalInvites.set(account, code);
    return code;
  }
}

function newInviteCode(): string {
  return randomBytes(16).toString('base64url');
}
