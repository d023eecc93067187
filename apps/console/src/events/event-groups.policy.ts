import type { AnyEvent } from '@wabus/sdk';
import { jidsOf } from './event-chats.policy.js';

/** A row of the list: a message with its accompanying events, or a single event. */
export interface EventGroup {
  readonly event: AnyEvent;
  /** In list order. */
  readonly companions: readonly AnyEvent[];
}

/** The events that one received message also causes: its chat, its author, and their addresses. */
const COMPANIONS: ReadonlySet<string> = new Set([
  'chats.upsert',
  'chats.update',
  'contacts.upsert',
  'contacts.update',
  'lid-mapping.update'
]);

/** Companions arrive within this time of their message. */
const TOGETHER_MS = 2_000;

/**
 * Groups the events of the list into rows and keeps their order: each companion joins the message of its session and chat that is nearest in
 * time.
 */
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
