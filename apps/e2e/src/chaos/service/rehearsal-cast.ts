import type { RunningSimulator, SimulatedAccount } from '@wabus/testing';

/** The kinds of accounts in the rehearsal, or of contacts that write to them. */
export const KINDS = [
  'plain',
  'by-number',
  'migrating',
  'time-locked',
  'near-quota',
  'status-posts',
  'hidden-contact',
  'group',
  'bot',
  'hosted-device',
  'forgetful-contact',
  'banned',
  'locked',
  'outdated'
] as const;
export type Kind = (typeof KINDS)[number];

/** A session of the rehearsal. */
export interface Player {
  readonly session: string;
  readonly kind: Kind;
  readonly account: SimulatedAccount;
  /** The contact that writes to the session. */
  readonly contact: SimulatedAccount;
  /** A group of the account and the contact; `null` if none is needed. */
  readonly group: string | null;
}

/** Kinds whose logins are refused for a while, so they need not be open at the end. */
export const REFUSED_KINDS: ReadonlySet<Kind> = new Set<Kind>(['banned', 'locked']);

/** Returns the kinds of `accounts` sessions: each in turn, so that small rehearsals include as many kinds as possible. */
export function castOf(accounts: number): Kind[] {
  return Array.from({ length: accounts }, (_, i) => KINDS[i % KINDS.length]!);
}

/** Creates the contact, and if needed the group, of a session. */
export async function playerOf(
  control: Pick<RunningSimulator['control'], 'createAccount' | 'createGroup' | 'addDevice'>,
  { session, kind, account }: Pick<Player, 'session' | 'kind' | 'account'>
): Promise<Player> {
  const hidden = kind === 'hidden-contact' ? { hidesNumber: true, username: `nobody.${session}` } : {};
  const contact = await control.createAccount({ name: `Contact of ${session}`, ...hidden });
  if (kind === 'hosted-device') await control.addDevice({ phoneNumber: contact.phoneNumber, hosted: true });
  const members = [account.phoneNumber, contact.phoneNumber];
  const group =
    kind === 'group' || kind === 'hosted-device' || kind === 'hidden-contact' || kind === 'forgetful-contact'
      ? (await control.createGroup({ subject: `Group of ${session}`, owner: contact.phoneNumber, members })).groupJid
      : null;
  return { session, kind, account, contact, group };
}
