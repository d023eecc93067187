import type { GroupTerms } from '@wabus/broker';
import type { SubscriptionTerms } from '@wabus/contracts';
import { filtersOf } from './subscription-terms.policy.js';

/** Clients that may be busy at full at the same time; more of them wait for one another. */
const FULL_CLIENTS = 64;
/** The server waits a little longer than the edge, so that it decides only where the edge is gone. */
const SERVER_PATIENCE_MS = 500;

/** What the terms of a subscription mean to the group behind it. Throws `INVALID_REQUEST` when they name too many subjects. */
export function groupTerms(terms: SubscriptionTerms): GroupTerms {
  const { ackWaitMs, maxInFlight } = terms;
  return {
    filters: filtersOf(terms),
    ackWaitMs: ackWaitMs + SERVER_PATIENCE_MS,
    maxUnderWay: maxInFlight === 1 ? 1 : maxInFlight * FULL_CLIENTS
  };
}
