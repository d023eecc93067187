import { chatJid, isLid } from '@wabus/contracts';
import { isJsonObject } from './peer-fields.policy.js';

/** The fields of payloads that hold keys of messages, or what has them. */
const HOLDS_KEYS: ReadonlySet<string> = new Set(['key', 'voteKey', 'messages', 'reaction', 'keys']);
/** The jids of a key, each with the field of the other jid of that person. */
const JIDS = { remoteJid: 'remoteJidAlt', participant: 'participantAlt' } as const;

/** The people of keys that are named by LID alone, each once. Programs of other gateways look for numbers. */
export function openLids(data: unknown): string[] {
  const found = new Set<string>();
  walked(data, key => {
    for (const [field, other] of Object.entries(JIDS)) if (isOpen(key, field, other)) found.add(chatJid(key[field] as string));
    return key;
  });
  return [...found];
}

/** The payload with the number beside each LID whose number is known. */
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
