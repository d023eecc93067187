import { chatJid, isLid } from '@wabus/contracts';
import { isJsonObject } from './peer-fields.policy.js';

/** The fields of payloads that contain keys of messages, or objects with such keys. */
const HOLDS_KEYS: ReadonlySet<string> = new Set(['key', 'voteKey', 'messages', 'reaction', 'keys']);
/** The jids of a key, each with the field for the person's other jid. */
const JIDS = { remoteJid: 'remoteJidAlt', participant: 'participantAlt' } as const;

/** Returns the people whom keys name by LID alone, without duplicates. Programs of other gateways expect numbers. */
export function openLids(data: unknown): string[] {
  const found = new Set<string>();
  walked(data, key => {
    for (const [field, other] of Object.entries(JIDS)) if (isOpen(key, field, other)) found.add(chatJid(key[field] as string));
    return key;
  });
  return [...found];
}

/** Returns the payload with the number added to each LID whose number is known. */
export function withNumbers(data: unknown, numbers: ReadonlyMap<string, string>): unknown {
  return walked(data, key => {
    const named = { ...key };
    for (const [field, other] of Object.entries(JIDS)) {
      const number = isOpen(key, field, other) ? numbers.get(chatJid(key[field] as string)) : undefined;
      if (number !== undefined) named[other] = number;
    }
    return named;
  });
}

function isOpen(key: Record<string, unknown>, field: string, other: string): boolean {
  const jid = key[field];
  return typeof jid === 'string' && isLid(chatJid(jid)) && (key[other] === undefined || key[other] === null || key[other] === '');
}

function walked(data: unknown, change: (key: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(data)) return (data as unknown[]).map(one => walked(one, change));
  if (!isJsonObject(data)) return data;
  if (typeof data['remoteJid'] === 'string' && typeof data['id'] === 'string') return change(data);
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, HOLDS_KEYS.has(name) ? walked(value, change) : value]));
}
