import type { BanCause, LoginRefusal } from '@wabus/contracts';

/** The causes of temporary bans (whatsmeow `events.go`, `TempBanReason`). */
const CAUSE_BY_CODE: Readonly<Record<string, BanCause>> = {
  101: 'too-many-people',
  102: 'blocked-by-many',
  103: 'too-many-groups',
  104: 'same-message',
  106: 'broadcast-list'
};
/** Longer than any reported ban; a larger number is not a number of seconds. */
const LONGEST_BAN_S = 10 * 365 * 86_400;

/**
 * Reads the details in the attributes of a `<failure>`; returns `null` if there are none apart from the code.
 * Sources: whatsmeow `connectionevents.go`; whatsapp-rust PR 1165 for the texts of a lock. `expire` is in seconds from now.
 */
export function readLoginRefusal(attrs: Readonly<Record<string, unknown>>, now: number): LoginRefusal | null {
  const text = (name: string): string | null => {
    const value = attrs[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const isBan = attrs['reason'] === '402';
  const seconds = isBan ? Number(text('expire') ?? Number.NaN) : Number.NaN;
  const refusal: LoginRefusal = {
    location: text('location'),
    cause: isBan ? (CAUSE_BY_CODE[text('code') ?? ''] ?? null) : null,
    until: seconds > 0 && seconds <= LONGEST_BAN_S ? new Date(now + seconds * 1_000).toISOString() : null,
    message: text('message'),
    url: text('url'),
    header: text('logout_message_header'),
    text: text('logout_message_subtext'),
    violation: text('violation_reason')
  };
  return Object.values(refusal).every(value => value === null) ? null : refusal;
}

const CAUSES: Readonly<Record<BanCause, string>> = {
  'too-many-people': 'the account wrote to too many people who do not have it in their address books',
  'blocked-by-many': 'many people blocked the account',
  'too-many-groups': 'the account created too many groups with people who do not have it in their address books',
  'same-message': 'the account sent the same message to too many people',
  'broadcast-list': 'the account sent too many messages to a broadcast list'
};

/** Returns the cause and end of a ban as sentences to append to the meaning of the reason; empty if neither is known. */
export function describeRefusal({ cause, until }: LoginRefusal): string {
  return `${cause === null ? '' : ` The cause is that ${CAUSES[cause]}.`}${until === null ? '' : ` The ban ends at ${until}.`}`;
}

/** Removes the appeal token from the attributes of a `<failure>`, because later code may log them. Returns the token, or `null`. */
export function takeAppealToken(attrs: Record<string, string>): string | null {
  const token = attrs['appeal_token'] ?? null;
  delete attrs['appeal_token'];
  return token;
}
