import type { AccountRestriction, NewChatQuota } from '@wabus/contracts';
import type { NewChatMessageCapInfo } from '@whiskeysockets/baileys';

/** The upper bound of plausible times: 8,640,000,000 s since 1970, in the year 2243. */
const LATEST_S = 8_640_000_000_000 / 1_000;

/**
 * Reads the reach-out time lock in an answer or notification from WhatsApp; `null` if there is none. The kind stays unchanged: the list of the installed
 * Baileys lacks some kinds (WAHA 2166), and Baileys turns them into `DEFAULT`, which means "none".
 */
export function readLock(value: unknown): AccountRestriction | null {
  if (!isRecord(value) || value['is_active'] !== true) return null;
  const kind = value['enforcement_type'];
  return { kind: typeof kind === 'string' && kind !== '' ? kind : 'UNKNOWN', until: readTime(value['time_enforcement_ends']) };
}

/** Reads the quota of new chats; `null` if there is none. */
export function readQuota(value: unknown): NewChatQuota | null {
  if (!isRecord(value)) return null;
  const total = readCount(value['total_quota']);
  const used = readCount(value['used_quota']);
  const state = value['capping_status'];
  if (total === null && used === null && typeof state !== 'string') return null;
  return { total, used, state: typeof state === 'string' ? state : 'NONE', cycleEnd: readTime(value['cycle_end_timestamp']) };
}

/** Converts a quota to the form in which WhatsApp sends it in notifications. */
export function cappingUpdate({ total, used, state, cycleEnd }: NewChatQuota): NewChatMessageCapInfo {
  return {
    ...(total === null ? {} : { total_quota: total }),
    ...(used === null ? {} : { used_quota: used }),
    ...(cycleEnd === null ? {} : { cycle_end_timestamp: String(Date.parse(cycleEnd) / 1_000) }),
    capping_status: state as NonNullable<NewChatMessageCapInfo['capping_status']>
  };
}

/** Reads the `data` of a `w:mex` notification or answer; `null` if it is an error or not JSON. */
export function readMexData(content: unknown): Record<string, unknown> | null {
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    return isRecord(parsed) && isRecord(parsed['data']) ? parsed['data'] : null;
  } catch {
    return null;
  }
}

/** Reads seconds since 1970, as a number or text; `null` for 0 and invalid values. */
function readTime(value: unknown): string | null {
  const seconds = Number(value);
  return value !== null && Number.isFinite(seconds) && seconds > 0 && seconds < LATEST_S ? new Date(seconds * 1_000).toISOString() : null;
}

function readCount(value: unknown): number | null {
  const count = Number(value);
  return value !== null && value !== '' && Number.isInteger(count) && count >= 0 ? count : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
