import { EVENT_CATALOG, EVENT_NAMES, eventsOfPattern, unknownEvents, type EventName, type Scope, type SessionId } from '@wabus/contracts';
import { hasScope, mayReach, requireScope } from './authorise.policy.js';
import type { Principal } from './principal.js';

/** Whether a payload is complete, or lacks the fields that require `control`. */
export type Visibility = 'complete' | 'restricted';
export const VISIBILITIES = ['complete', 'restricted'] as const;

/** Returns the scope that makes an event visible. A QR code links an account, so seeing it requires more than `read`. */
export function scopeToSee(event: EventName): Scope {
  return EVENT_CATALOG[event].scope;
}

/** Returns whether the principal may see this event of this session. `visibilityOf` returns how much of it is visible. */
export function maySee(principal: Principal, event: EventName, session: SessionId): boolean {
  return mayReach(principal, session) && hasScope(principal, 'read') && hasScope(principal, scopeToSee(event));
}

/**
 * Returns the events that patterns name, or all events without patterns, limited to those that the token permits. Throws `FORBIDDEN`
 * without `read`, or if a name that is not a wildcard requires another scope. Throws `UNKNOWN_EVENT` with `details.field` `events`.
 */
export function visibleEvents(principal: Principal, patterns: readonly string[] | undefined): EventName[] {
  requireScope(principal, 'read');
  const permitted = (event: EventName): boolean => hasScope(principal, scopeToSee(event));
  if (patterns === undefined) return EVENT_NAMES.filter(permitted);
  const unknown = patterns.filter(pattern => eventsOfPattern(pattern).length === 0);
  if (unknown.length > 0) throw unknownEvents(unknown, { field: 'events' });
  for (const name of patterns) if (eventsOfPattern(name)[0] === name) requireScope(principal, scopeToSee(name));
  // A wildcard stands for the events that the token permits.
  return [...new Set(patterns.flatMap(eventsOfPattern))].filter(permitted);
}

/** Returns how much of the payload is visible to the principal. */
export function visibilityOf(principal: Principal, event: EventName): Visibility {
  return hasForms(event) && !hasScope(principal, 'control') ? 'restricted' : 'complete';
}

/** Returns whether the event has fields that require `control`. */
export function hasForms(event: EventName): boolean {
  return controlFields(event).length > 0;
}

/** Returns the JSON text of a payload in a form. If nothing must be omitted, returns the same text without parsing it. */
export function bodyIn(form: Visibility, event: EventName, body: string): string {
  const fields = form === 'complete' ? [] : controlFields(event);
  if (fields.length === 0) return body;
  const payload: unknown = JSON.parse(body);
  if (typeof payload !== 'object' || payload === null || !fields.some(field => Object.hasOwn(payload, field))) return body;
  return JSON.stringify(Object.fromEntries(Object.entries(payload).filter(([field]) => !fields.includes(field))));
}

function controlFields(event: EventName): readonly string[] {
  return EVENT_CATALOG[event].controlFields ?? [];
}
