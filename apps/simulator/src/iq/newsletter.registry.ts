import { randomBytes } from 'node:crypto';
import type { Account } from '../accounts/account.js';
import { worldSlot } from '../world/world-slot.js';

/** A channel that accounts can follow. */
export interface Newsletter {
  /** `<digits>@newsletter` */
  readonly jid: string;
  owner: Account;
  name: string;
  description: string;
  readonly inviteCode: string;
  pictureId: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly admins: Set<Account>;
  readonly followers: Set<Account>;
  readonly mutedBy: Set<Account>;
  /** Oldest first. */
  readonly posts: NewsletterPost[];
}

export interface NewsletterPost {
  /** The id by which reactions and views refer to the post. */
  readonly serverId: string;
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: string;
  readonly type: string;
  readonly mediaType: string | undefined;
  /** The encoded `proto.Message`. */
  readonly message: Uint8Array;
  /** The reaction of each account. */
  readonly reactions: Map<Account, string>;
}

/** The newsletters of one world, in memory. */
export class NewslettersRegistry {
  /** Stored queries that the service no longer supports: they get 400. */
  readonly refusedQueries = new Set<string>();
  private readonly newsletters = new Map<string, Newsletter>();

  create(owner: Account, name: string, description = ''): Newsletter {
    const newsletter: Newsletter = {
      jid: `120363${String(900_000_000_000 + this.newsletters.size + 1)}@newsletter`,
      owner,
      name,
      description,
      inviteCode: randomBytes(12).toString('base64url'),
      pictureId: '',
      createdAt: Math.floor(Date.now() / 1000),
      admins: new Set([owner]),
      followers: new Set(),
      mutedBy: new Set(),
      posts: []
    };
    this.newsletters.set(newsletter.jid, newsletter);
    return newsletter;
  }

  /** Finds a newsletter by jid or invite code. */
  find(key: string): Newsletter | undefined {
    return this.newsletters.get(key) ?? [...this.newsletters.values()].find(({ inviteCode }) => inviteCode === key);
  }

  ofOwner(owner: Account): Newsletter | undefined {
    return [...this.newsletters.values()].find(newsletter => newsletter.owner === owner);
  }

  delete(newsletter: Newsletter): void {
    this.newsletters.delete(newsletter.jid);
  }
}

export const newslettersOf = worldSlot(() => new NewslettersRegistry());
