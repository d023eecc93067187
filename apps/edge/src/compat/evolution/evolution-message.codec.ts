import type { SessionState, StoredMessageView } from '@wabus/contracts';
import { objectOf } from '../peer-fields.policy.js';
import { messageKeyOf, messageFacts } from '../peer-messages.policy.js';
import { evolutionKey } from './evolution-id.codec.js';

/** WhatsApp's message statuses under the names of Evolution API. */
export const EVOLUTION_STATUS = ['ERROR', 'PENDING', 'SERVER_ACK', 'DELIVERY_ACK', 'READ', 'PLAYED'] as const;

/** Returns the state of a connection under its name in Evolution API. */
export function evolutionState(state: SessionState): 'open' | 'connecting' | 'close' {
  switch (state) {
    case 'open':
      return 'open';
    case 'starting':
    case 'connecting':
    case 'waiting':
    case 'pairing':
      return 'connecting';
    case 'stopped':
    case 'logged-out':
    case 'failed':
      return 'close';
  }
}

/** Returns a message of Baileys in the format of Evolution API, or `null` if the value is not a message. */
export function evolutionMessage(message: unknown, instance: string): Record<string, unknown> | null {
  const facts = messageFacts(message);
  if (facts === null) return null;
  const { key, kind, timestamp, pushName, status } = facts;
  const { message: content } = objectOf(message);
  const type = kind ?? Object.keys(facts.content).find(name => name !== 'messageContextInfo') ?? 'unknown';
  const { contextInfo = null } = objectOf(facts.content[type]);
  return {
    key: evolutionKey(key),
    pushName: pushName ?? '',
    status: EVOLUTION_STATUS[status ?? (key.fromMe ? 2 : 3)] ?? 'PENDING',
    message: content ?? null,
    contextInfo,
    messageType: type,
    messageTimestamp: timestamp,
    instanceId: instance,
    source: sourceOf(key.id)
  };
}

/** Returns the kind of device that wrote a message, judged by the form of its id as in Baileys' `getDevice`. */
function sourceOf(id: string): string {
  if (/^3A.{18}$/.test(id)) return 'ios';
  if (/^3E.{20}$/.test(id)) return 'web';
  if (/^(.{21}|.{32})$/.test(id)) return 'android';
  return /^(3F|.{18}$)/.test(id) ? 'desktop' : 'unknown';
}

/** Returns a message of the read models in the format of Evolution API. */
export function evolutionStored(view: StoredMessageView, instance: string): Record<string, unknown> {
  const { chat, id, fromMe, participant, timestamp, message } = view;
  const known = messageKeyOf(objectOf(message)['key']);
  const key = { ...known, remoteJid: chat, id, fromMe, participant };
  const shown = evolutionMessage({ messageTimestamp: timestamp, ...objectOf(message), key }, instance);
  return { id, ...shown, MessageUpdate: [] };
}
