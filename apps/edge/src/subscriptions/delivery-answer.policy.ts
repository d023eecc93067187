import type { Principal } from '../auth/principal.js';

/** The outcome of delivering an event to a client. */
export type DeliveryOutcome =
  | { readonly kind: 'answered'; readonly answer: unknown }
  /** No answer arrived in time. */
  | { readonly kind: 'expired' }
  /** The client is disconnected. */
  | { readonly kind: 'gone' };

/** Either the subscription no longer exists, or it now delivers events that the client's token forbids. */
export type DismissalReason = 'removed' | 'forbidden';

/** A connected client with durable subscriptions, over any transport. */
export interface DeliveryClient {
  /** Identifies the client in logs. */
  readonly id: string;
  readonly principal: Principal;
  /** Sends the JSON text of an `EventDelivery` and waits for the answer. Never rejects; resolves at once if the client disconnects. */
  deliver(text: string, ackWaitMs: number): Promise<DeliveryOutcome>;
  /** Notifies the client that it is no longer a member of a subscription that it joined. */
  dismiss(subscription: string, why: DismissalReason): void;
}

/** What happens to an event after one delivery. */
export type Settlement =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'again'; readonly inMs: number }
  | { readonly kind: 'dead'; readonly reason: string };

export interface AttemptTerms {
  readonly attempt: number;
  readonly maxDeliveries: number;
  readonly ackWaitMs: number;
}

const FIRST_RETRY_MS = 200;
const MAX_REASON = 500;

/**
 * Returns what happens to an event after a delivery. No value, `null`, `true` and `{ok: true}` acknowledge. Any other answer refuses: if it
 * is misunderstood, the event is repeated but not lost. A refused event is repeated after `retryInMs`, or else after 0.2 s, doubled with
 * every attempt, but never later than it would be without an answer.
 */
export function settlementOf(outcome: DeliveryOutcome, { attempt, maxDeliveries, ackWaitMs }: AttemptTerms): Settlement {
  if (outcome.kind === 'answered' && acknowledges(outcome.answer)) return { kind: 'acknowledged' };
  // A disconnect proves nothing about the event. If the event does cause disconnects, the next client that receives it counts too many attempts.
  if (outcome.kind === 'gone') return { kind: 'again', inMs: 0 };
  if (attempt >= maxDeliveries) return { kind: 'dead', reason: outcome.kind === 'expired' ? NO_ANSWER : reasonOf(outcome.answer) };
  if (outcome.kind === 'expired') return { kind: 'again', inMs: 0 };
  const wanted = requestedDelayOf(outcome.answer) ?? FIRST_RETRY_MS * 2 ** (attempt - 1);
  return { kind: 'again', inMs: Math.min(wanted, ackWaitMs) };
}

export const NO_ANSWER = 'No answer arrived in time.';

function acknowledges(answer: unknown): boolean {
  if (answer === undefined || answer === null || answer === true) return true;
  return typeof answer === 'object' && (answer as { ok?: unknown }).ok === true;
}

function requestedDelayOf(answer: unknown): number | null {
  const retryInMs = typeof answer === 'object' && answer !== null ? (answer as { retryInMs?: unknown }).retryInMs : undefined;
  return typeof retryInMs === 'number' && retryInMs >= 0 ? retryInMs : null;
}

function reasonOf(answer: unknown): string {
  const error = typeof answer === 'object' && answer !== null ? ((answer as { error?: unknown }).error ?? answer) : answer;
  const text = typeof error === 'string' ? error : JSON.stringify(error);
  return `Refused: ${text}`.slice(0, MAX_REASON);
}
