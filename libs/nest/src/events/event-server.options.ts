import type { WabusEventContext } from './event.context.js';
import type { EventOrder } from './event-lanes.state.js';

/** An event that was given up. */
export interface DeadEvent {
  readonly context: WabusEventContext;
  /** The last error of a handler, or the first of several concurrent ones. `null` if the process ended during every attempt. */
  readonly error: unknown;
  readonly reason: string;
}

/** How a service receives events. Every field has a default. */
export interface WabusEventOptions {
  /** The name of the durable consumer, which stores the position. Default: the NATS user, because NATS permits other names only if they are configured. */
  readonly consumer?: string;
  /**
   * `chat` (default): the events of a chat are handled one after another, and those of different chats concurrently. `session`: the events of a session are
   * handled one after another. With either, only one process of the service works, and another one takes over when it stops. `none`: all processes share the
   * work, in no particular order.
   */
  readonly order?: EventOrder;
  /** The number of events that are handled at the same time: 1 to 1,000, default 16. */
  readonly concurrency?: number;
  /**
   * The time in ms after which the events of a failed process are delivered again: 1,000 to 3,600,000, default 10,000. A handler may take longer: this process
   * extends the time of all events that it holds.
   */
  readonly ackWaitMs?: number;
  /** The number of failures after which an event is given up: 1 to 1,000, default 5. */
  readonly maxDeliveries?: number;
  /** The delay before the first repetition in ms, which doubles with each repetition. Default: 1,000. */
  readonly retryFirstMs?: number;
  /** The longest delay before a repetition in ms. Default: 60,000. */
  readonly retryLastMs?: number;
  /** The position at which a new consumer begins: `new` (default), `all`, a cursor, or a time. An existing consumer continues at its own position. */
  readonly startFrom?: 'new' | 'all' | { readonly cursor: string } | { readonly time: Date };
  /**
   * How long `close()` waits for handlers, in ms. Events that are not finished by then are delivered again. Default: `ackWaitMs`. With an order, it must
   * not exceed that value, because afterwards another process may handle later events of the same chat.
   */
  readonly closeTimeoutMs?: number;
  /**
   * Called with each event that is given up, to store or report it. If it throws, the event is kept and handled again after `retryLastMs`. Default: the event
   * is logged at the level `error`.
   */
  readonly deadLetter?: (event: DeadEvent) => unknown;
}

/** The options with their defaults applied. */
export interface EventTerms extends Required<Omit<WabusEventOptions, 'deadLetter' | 'consumer'>> {
  readonly consumer: string;
  readonly deadLetter: WabusEventOptions['deadLetter'];
}

const LIMITS = {
  concurrency: [1, 1_000],
  ackWaitMs: [1_000, 3_600_000],
  maxDeliveries: [1, 1_000],
  retryFirstMs: [1, 3_600_000],
  retryLastMs: [1, 3_600_000],
  closeTimeoutMs: [0, 3_600_000]
} as const;

/**
 * Applies the defaults and validates the options.
 * @throws {RangeError} with the name of the invalid field
 */
export function eventTerms(options: WabusEventOptions, user: string | undefined): EventTerms {
  const terms = {
    order: 'chat',
    concurrency: 16,
    ackWaitMs: 10_000,
    maxDeliveries: 5,
    retryFirstMs: 1_000,
    retryLastMs: 60_000,
    startFrom: 'new',
    closeTimeoutMs: options.ackWaitMs ?? 10_000,
    deadLetter: undefined,
    ...options,
    consumer: options.consumer ?? user ?? ''
  } as const satisfies EventTerms;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(terms.consumer))
    throw new RangeError('consumer must be 1 to 64 characters from A-Z, a-z, 0-9, _ or -: set consumer or user');
  if (!['chat', 'session', 'none'].includes(terms.order)) throw new RangeError('order must be chat, session or none');
  for (const [field, [least, most]] of Object.entries(LIMITS)) {
    const value = terms[field as keyof typeof LIMITS];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`${field} must be a whole number from ${least} to ${most}`);
  }
  if (terms.order !== 'none' && terms.closeTimeoutMs > terms.ackWaitMs)
    throw new RangeError('closeTimeoutMs must be at most ackWaitMs unless order is none: raise ackWaitMs for handlers that take longer');
  return terms;
}
