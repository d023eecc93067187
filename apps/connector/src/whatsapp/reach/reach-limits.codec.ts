import type { AccountRestriction, NewChatQuota } from '@wabus/contracts';
import type { NewChatMessageCapInfo } from '@whiskeysockets/baileys';

/** Far beyond any date. */
const LATEST_S = 8_640_000_000_000 / 1_000;

/**
 * The reach-out time lock in an answer or notification of WhatsApp; `null`: none. The kind as it came: the list of the installed Baileys lacks some
 * (WAHA 2166), and it makes `DEFAULT` of them, which means "none".
 */
export function readLock(value: unknown): AccountRestriction | null {
  if (!isRecord(value) || value['is_active'] !== true) return null;
  const kind = value['enforcement_type'];
  return { kind: typeof kind === 'string' && kind !== '' ? kind : 'UNKNOWN', until: readTime(value['time_enforcement_ends']) };
}

/** The quota of new chats; `null` when there is none in it. */
export function readQuota(value: unknown): NewChatQuota | null {
  if (!isRecord(value)) return null;
  const total = readCount(value['total_quota']);
  const used = readCount(value['used_quota']);
  const state = value['capping_status'];
  if (total === null && used === null && typeof state !== 'string') return null;
  return { total, used, state: typeof state === 'string' ? state : 'NONE', cycleEnd: readTime(value['cycle_end_timestamp']) };
}

/** A quota in the form in which WhatsApp says it on its own. */
export function cappingUpdate({ total, used, state, cycleEnd }: NewChatQuota): NewChatMessageCapInfo {
  return {
    ...(total === null ? {} : { total_quota: total }),
    ...(used === null ? {} : { used_quota: used }),
    ...(cycleEnd === null ? {} : { cycle_end_timestamp: String(Date.parse(cycleEnd) / 1_000) }),
    capping_status: state as NonNullable<NewChatMessageCapInfo['capping_status']>
  };
}

/** `data` of a notification or answer of `w:mex`; `null` when it is an error or not JSON. */
export function readMexData(content: unknown): Record<string, unknown> | null {
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    return isRecord(parsed) && isRecord(parsed['data']) ? parsed['data'] : null;
  } catch {
    return null;
  }
}

/** Seconds since 1970, as number or text; 0 and nonsense are no time. */
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
