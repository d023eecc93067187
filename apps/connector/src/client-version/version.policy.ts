import { parseWhatsAppVersion, type WhatsAppVersion } from '@wabus/contracts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The revision is sent as an unsigned integer of 32 bits (`ClientPayload.UserAgent.AppVersion`). */
const MAX_REVISION = 0xffff_ffff;
/** The fraction of a day that a response must be old before a connector's daily turn repeats the look-up. */
const DAILY_TURN = 0.8;
const EXPIRY_WARNING_MS = 14 * DAY_MS;

export const versionText = (version: WhatsAppVersion): string => version.join('.');

/** Why the newest version could not be looked up. */
export interface LookUpFailure {
  readonly reason: 'unreachable' | 'no-answer' | 'refused' | 'unreadable';
  /** The code of the network error, or the HTTP status; `null` if there is none. */
  readonly detail: string | null;
}

/** The newest version and its look-up, as one of the connectors has stored it for all. */
export interface VersionRecord {
  /** The last version found; `null` before the first. */
  readonly version: string | null;
  readonly lookUp: LookUp;
}

export interface LookUp {
  /** The connector that runs or ran the look-up. */
  readonly by: string;
  /** ISO times; `endedAt` is `null` while it is in progress. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly failure: LookUpFailure | null;
}

/** Returns the `client_revision` in the text of WhatsApp Web's service worker; `null` if it contains none that a client could present. */
export function revisionIn(script: string): number | null {
  const found = /\\?"client_revision\\?"\s*:\s*(\d+)/.exec(script)?.[1];
  if (found === undefined) return null;
  const revision = Number(found);
  return revision > 0 && revision <= MAX_REVISION ? revision : null;
}

/**
 * Returns the version to present: the found one if it is plausible, that is, its first two numbers equal those of the built-in one and its revision is higher.
 */
export function versionToPresent(builtIn: WhatsAppVersion, found: string | null): WhatsAppVersion {
  const version = found === null ? null : parseWhatsAppVersion(found);
  if (version === null) return builtIn;
  const [primary, secondary, revision] = version;
  const plausible = primary === builtIn[0] && secondary === builtIn[1] && revision > builtIn[2] && revision <= MAX_REVISION;
  return plausible ? version : builtIn;
}

/** The reason for a look-up. */
export type LookUpTrigger = 'start' | 'daily' | 'refused';

/**
 * Decides what a connector does before a look-up: nothing, because the last response is recent enough; wait for another connector's look-up; or look up itself.
 * @param minIntervalMs the minimum age of a response at a start or after a refusal
 * @param limitMs the time limit of a look-up: a look-up that has not ended by then never will
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
 * Returns the time until the next regular look-up: a day ±10%, so that connectors do not look up at the same time; an hour ±10% after a failure.
 * `random` is in [0, 1).
 */
export function nextLookUpMs(failure: LookUpFailure | null, random: number): number {
  return Math.round((failure ? HOUR_MS : DAY_MS) * (0.9 + 0.2 * random));
}

/** Returns the health warning about versions that WhatsApp will refuse within 14 days; `null` if there are none. */
export function expiryWarning(expiries: ReadonlyMap<string, string>, now: number): string | null {
  const soon = [...expiries].filter(([, at]) => Date.parse(at) - now <= EXPIRY_WARNING_MS);
  if (soon.length === 0) return null;
  const parts = soon.map(([version, at]) => {
    const days = Math.floor((Date.parse(at) - now) / DAY_MS);
    return `${version} ${days < 0 ? 'since' : 'from'} ${at.slice(0, 10)}${days < 0 ? '' : ` (in ${days} days)`}`;
  });
  return `warning: WhatsApp refuses version ${parts.join(', ')}. Sessions present a newer version when they reconnect, if there is one.`;
}

/** What decided which version a session presents: its own settings, `WABUS_WHATSAPP_VERSION`, or neither (`null`). */
export type VersionFixedBy = 'session' | 'setting' | null;

/** Returns the explanation of `client-outdated` for users. */
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
