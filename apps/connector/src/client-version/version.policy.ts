import { parseWhatsAppVersion, type WhatsAppVersion } from '@wabus/contracts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The number travels as an unsigned integer of 32 bits (`ClientPayload.UserAgent.AppVersion`). */
const MAX_REVISION = 0xffff_ffff;
/** Others of the cluster have looked within the day when one of them has its turn. */
const DAILY_TURN = 0.8;
const EXPIRY_WARNING_MS = 14 * DAY_MS;

export const versionText = (version: WhatsAppVersion): string => version.join('.');

/** Why the newest version could not be looked up. */
export interface LookUpFailure {
  readonly reason: 'unreachable' | 'no-answer' | 'refused' | 'unreadable';
  /** The code of the network, or the HTTP status; `null` when there is none. */
  readonly detail: string | null;
}

/** What all connectors know of the newest version, as one of them has written it. */
export interface VersionRecord {
  /** The version that was found last, `null` before the first. */
  readonly version: string | null;
  readonly lookUp: LookUp;
}

export interface LookUp {
  /** The connector that does it, or did. */
  readonly by: string;
  /** ISO times; `endedAt` is `null` while it is in progress. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly failure: LookUpFailure | null;
}

/** The `client_revision` that the text of WhatsApp Web's service worker names; `null` when it names none that a client could present. */
export function revisionIn(script: string): number | null {
  const found = /\\?"client_revision\\?"\s*:\s*(\d+)/.exec(script)?.[1];
  if (found === undefined) return null;
  const revision = Number(found);
  return revision > 0 && revision <= MAX_REVISION ? revision : null;
}

/** The version to present: one that was found, when it is plausible beside the built-in one: the same first pair, and a higher number. */
export function versionToPresent(builtIn: WhatsAppVersion, found: string | null): WhatsAppVersion {
  const version = found === null ? null : parseWhatsAppVersion(found);
  if (version === null) return builtIn;
  const [primary, secondary, revision] = version;
  const plausible = primary === builtIn[0] && secondary === builtIn[1] && revision > builtIn[2] && revision <= MAX_REVISION;
  return plausible ? version : builtIn;
}

/** What makes a connector look. */
export type LookUpTrigger = 'start' | 'daily' | 'refused';

/**
 * What a connector does before a look-up: nothing, because the last answer is recent enough; wait for another connector's look-up; or look up itself.
 * @param minIntervalMs how old an answer has to be at a start or after a refusal
 * @param limitMs how long a look-up may take: who has not ended it by then never will
 */
export function lookUpTurn(
  record: VersionRecord | null,
  trigger: LookUpTrigger,
  { now, minIntervalMs, limitMs }: { readonly now: number; readonly minIntervalMs: number; readonly limitMs: number }
): 'none' | 'wait' | 'look' {
  if (record === null) return 'look';
  const { startedAt, endedAt } = record.lookUp;
  if (endedAt === null) return isWithin(now, startedAt, limitMs) ? 'wait' : 'look';
  return isWithin(now, endedAt, trigger === 'daily' ? DAILY_TURN * DAY_MS : minIntervalMs) ? 'none' : 'look';
}

/**
 * How long until the next one without a refusal: a day, less or more by a tenth so that connectors do not ask together; an hour after a failure. `random` is in
 * [0, 1).
 */
export function nextLookUpMs(failure: LookUpFailure | null, random: number): number {
  return Math.round((failure ? HOUR_MS : DAY_MS) * (0.9 + 0.2 * random));
}

/** What health says of versions that WhatsApp will refuse within 14 days, by version; `null` when there is none. */
export function expiryWarning(expiries: ReadonlyMap<string, string>, now: number): string | null {
  const soon = [...expiries].filter(([, at]) => Date.parse(at) - now <= EXPIRY_WARNING_MS);
  if (soon.length === 0) return null;
  const parts = soon.map(([version, at]) => {
    const days = Math.floor((Date.parse(at) - now) / DAY_MS);
    return `${version} ${days < 0 ? 'since' : 'from'} ${at.slice(0, 10)}${days < 0 ? '' : ` (in ${days} days)`}`;
  });
  return `warning: WhatsApp refuses version ${parts.join(', ')}. Sessions present a newer version when they reconnect, if there is one.`;
}

/** Who decided which version a session presents: its own settings, `WABUS_WHATSAPP_VERSION`, or nobody by hand. */
export type VersionFixedBy = 'session' | 'setting' | null;

/** What `client-outdated` means for a session, for people. */
export function outdatedMessage(
  version: WhatsAppVersion,
  fixedBy: VersionFixedBy,
  { failure, page }: { readonly failure: LookUpFailure | null; readonly page: string }
): string {
  const refused = `WhatsApp no longer accepts version ${versionText(version)} of its client.`;
  if (fixedBy === 'setting') return `${refused} WABUS_WHATSAPP_VERSION pins this version: set a newer one, or auto.`;
  if (fixedBy === 'session') return `${refused} The settings of the session pin this version: set a newer one there, or null.`;
  if (failure === null) return `${refused} No newer version is published yet. Wabus looks for one before each attempt.`;
  return `${refused} The newest version could not be looked up: ${describe(failure, page)}. Wabus looks again before each attempt.`;
}

function describe({ reason, detail }: LookUpFailure, page: string): string {
  switch (reason) {
    case 'unreachable':
      return `${page} cannot be reached${detail === null ? '' : ` (${detail})`}`;
    case 'no-answer':
      return `${page} did not answer in time`;
    case 'refused':
      return `${page} answered with status ${detail ?? 'unknown'}`;
    case 'unreadable':
      return `${page} does not name a version`;
  }
}

function isWithin(now: number, since: string, ms: number): boolean {
  const age = now - Date.parse(since);
  return age >= 0 && age < ms;
}
