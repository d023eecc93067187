import type { GroupTerms } from '@wabus/broker';
import {
  WabusError,
  eventPatternFilter,
  eventsOfPattern,
  isSessionId,
  isSubscriptionName,
  unknownEvents,
  type SessionId,
  type SubscriptionName,
  type SubscriptionRecord,
  type SubscriptionTerms
} from '@wabus/contracts';
import { authorise, hasScope, requireScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { scopeToSee } from '../auth/visibility.policy.js';

/** The number of clients that may be fully busy at the same time. Beyond it, clients wait for one another. */
const FULL_CLIENTS = 64;
/** The server waits a little longer than the edge, so that its limit applies only if the edge is gone. */
const SERVER_PATIENCE_MS = 500;

/** Returns the terms of the group behind a subscription. Throws `INVALID_REQUEST` if the terms name too many subjects. */
export function groupTerms(terms: SubscriptionTerms): GroupTerms {
  const { ackWaitMs, maxInFlight } = terms;
  return {
    filters: filtersOf(terms),
    ackWaitMs: ackWaitMs + SERVER_PATIENCE_MS,
    maxUnderWay: maxInFlight === 1 ? 1 : maxInFlight * FULL_CLIENTS
  };
}

const FIELDS = ['durable', 'events', 'sessions', 'since', 'ackWaitMs', 'maxInFlight', 'maxDeliveries', 'update'];
const MAX_NAMES = 256;
const MAX_FILTERS = 512;
const DEFAULTS = { ackWaitMs: 30_000, maxInFlight: 16, maxDeliveries: 5 };
const LIMITS = { ackWaitMs: [500, 3_600_000], maxInFlight: [1, 1_000], maxDeliveries: [1, 100] } as const;

/** A well-formed request. Fields that were not sent are missing. */
export interface SubscriptionRequest {
  readonly name: SubscriptionName;
  readonly terms: Partial<SubscriptionTerms>;
  readonly since: string | null;
  readonly update: boolean;
}

/** Returns whether a `subscribe` message has the durable form. */
export function isDurable(message: unknown): boolean {
  return typeof message === 'object' && message !== null && Object.hasOwn(message, 'durable');
}

/** Returns the name of a subscription. Throws `INVALID_REQUEST`. */
export function parseName(name: unknown): SubscriptionName {
  if (!isSubscriptionName(name)) throw invalid('durable', 'must be the name of the subscription: 1 to 64 characters from A-Z a-z 0-9 _ -');
  return name;
}

/** Parses a `DurableSubscribeRequest`. Throws `INVALID_REQUEST` with the field, or `UNKNOWN_EVENT`. */
export function parseSubscriptionRequest(message: unknown): SubscriptionRequest {
  const request = message as Record<string, unknown>;
  const unknown = Object.keys(request).filter(field => !FIELDS.includes(field));
  if (unknown.length > 0) throw invalid(unknown[0]!.slice(0, 100), `is not a field of a durable subscription; use ${FIELDS.join(', ')}`);
  const { since, update } = request;
  if (since !== undefined && (typeof since !== 'string' || since === '' || since.length > 256))
    throw invalid('since', 'must be a cursor or an ISO time');
  if (update !== undefined && typeof update !== 'boolean') throw invalid('update', 'must be true or false');
  return { name: parseName(request['durable']), terms: parseTerms(request), since: since ?? null, update: update ?? false };
}

/** Returns the terms of a new subscription. Without sessions in the request, it covers the sessions that the token permits. */
export function newTerms({ terms }: SubscriptionRequest, principal: Principal): SubscriptionTerms {
  const { events, sessions = principal.sessions } = terms;
  if (events === undefined) throw invalid('events', 'must be given: there is no subscription with this name, and a new one needs events');
  return { ...DEFAULTS, ...terms, events, sessions: sessions === '*' ? '*' : [...sessions].sort() };
}

/** Returns the names of the terms whose values in the request differ from those in the record. */
export function differences({ terms }: SubscriptionRequest, record: SubscriptionTerms): string[] {
  return Object.entries(terms)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(record[field as keyof SubscriptionTerms]))
    .map(([field]) => field);
}

/** Throws `FORBIDDEN` unless all events that the subscription delivers are visible to the principal. */
export function requirePermission(principal: Principal, { sessions, events }: Pick<SubscriptionRecord, 'sessions' | 'events'>): void {
  requireScope(principal, 'read');
  const secret = events.flatMap(eventsOfPattern).find(event => !hasScope(principal, scopeToSee(event)));
  if (secret !== undefined) throw forbidden(`The token lacks the scope "${scopeToSee(secret)}", which ${secret} needs.`);
  if (sessions !== '*') for (const session of sessions) authorise(principal, 'read', session as SessionId);
  else if (principal.sessions !== '*') throw forbidden('The subscription covers all sessions, but the token does not.');
}

export function isPermitted(principal: Principal, record: Pick<SubscriptionRecord, 'sessions' | 'events'>): boolean {
  try {
    requirePermission(principal, record);
    return true;
  } catch {
    return false;
  }
}

/** Returns the subjects that the terms name, none of which covers another. Throws `INVALID_REQUEST` if there are too many. */
export function filtersOf({ events, sessions }: SubscriptionTerms): string[] {
  const someSessions = sessions === '*' ? (['*'] as const) : (sessions as readonly SessionId[]);
  if (someSessions.length * events.length > MAX_FILTERS) {
    throw invalid('events', `times sessions must not exceed ${MAX_FILTERS} combinations: use wildcards, or several subscriptions`);
  }
  return someSessions.flatMap(session => events.map(pattern => eventPatternFilter(session, pattern)));
}

function parseTerms(request: Record<string, unknown>): Partial<SubscriptionTerms> {
  const terms: { -readonly [Field in keyof SubscriptionTerms]?: SubscriptionTerms[Field] } = {};
  if (request['events'] !== undefined) terms.events = parseEvents(textsOf(request['events'], 'events'));
  if (request['sessions'] !== undefined) terms.sessions = parseSessions(textsOf(request['sessions'], 'sessions'));
  for (const field of ['ackWaitMs', 'maxInFlight', 'maxDeliveries'] as const) {
    const value = request[field];
    if (value === undefined) continue;
    const [least, most] = LIMITS[field];
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
      throw invalid(field, `must be a whole number from ${least} to ${most}`);
    terms[field] = value as number;
  }
  return terms;
}

function parseEvents(patterns: string[]): string[] {
  const unknown = patterns.filter(pattern => eventsOfPattern(pattern).length === 0);
  if (unknown.length > 0) throw unknownEvents(unknown);
  const covers = (pattern: string, other: string): boolean =>
    pattern !== other && (pattern === '*' || (pattern.endsWith('.*') && other.startsWith(pattern.slice(0, -1))));
  return patterns.filter(pattern => !patterns.some(other => covers(other, pattern)));
}

function parseSessions(sessions: string[]): string[] {
  if (!sessions.every(isSessionId)) throw invalid('sessions', 'must be session ids: 1 to 64 characters from A-Z a-z 0-9 _ -');
  return sessions;
}

/** Returns the texts sorted and without duplicates. */
function textsOf(value: unknown, field: string): string[] {
  const isList = Array.isArray(value) && value.length >= 1 && value.length <= MAX_NAMES;
  if (!isList || !value.every(item => typeof item === 'string')) throw invalid(field, `must be an array of 1 to ${MAX_NAMES} strings`);
  return [...new Set(value)].sort();
}

function invalid(field: string, what: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${field} ${what}.`, details: { field } });
}

function forbidden(message: string): WabusError {
  return new WabusError('FORBIDDEN', { message });
}
