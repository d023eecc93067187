import type { AnyEvent } from '@wabus/sdk';
import { jidsOf } from './event-chats.policy.js';

/** A row of the list: a message with the events that came with it, or one event. */
export interface EventGroup {
  readonly event: AnyEvent;
  /** In the order of the list. */
  readonly companions: readonly AnyEvent[];
}

/** What one received message also changes: its chat, who wrote, and how they are addressed. */
const COMPANIONS: ReadonlySet<string> = new Set([
  'chats.upsert',
  'chats.update',
  'contacts.upsert',
  'contacts.update',
  'lid-mapping.update'
]);

/** They come within moments of each other. */
const TOGETHER_MS = 2_000;

/** Events of the list in rows, in the same order: each companion joins the message of its session and chat that is nearest in time. */
export function groupEvents(events: readonly AnyEvent[]): EventGroup[] {
  const messages = events.filter(({ event }) => event === 'messages.upsert').map(event => ({ event, jids: new Set(jidsOf(event.data)) }));
  const companions = new Map<AnyEvent, AnyEvent[]>();
  const alone = events.filter(event => {
    const message = COMPANIONS.has(event.event) ? nearest(event, messages) : null;
    if (message === null) return true;
    companions.set(message, [...(companions.get(message) ?? []), event]);
    return false;
  });
  return alone.map(event => ({ event, companions: companions.get(event) ?? [] }));
}

function nearest(
  companion: AnyEvent,
  messages: readonly { readonly event: AnyEvent; readonly jids: ReadonlySet<string> }[]
): AnyEvent | null {
  const at = Date.parse(companion.at);
  const jids = jidsOf(companion.data);
  let [best, bestMs]: [AnyEvent | null, number] = [null, TOGETHER_MS];
  for (const { event, jids: own } of messages) {
    const distance = Math.abs(Date.parse(event.at) - at);
    if (event.session === companion.session && distance <= bestMs && jids.some(jid => own.has(jid))) [best, bestMs] = [event, distance];
  }
  return best;
}
