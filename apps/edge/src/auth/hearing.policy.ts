import { EVENT_CATALOG, type EventName, type Scope, type SessionId } from '@wabus/contracts';
import { hasScope, mayReach } from './authorise.policy.js';
import type { Principal } from './principal.js';

/** A payload as it is, or without the fields that only `control` may see. One listener hears one form of an event. */
export type HearingForm = 'complete' | 'restricted';

/** What a token must permit to hear the event: a QR code links an account, so seeing one takes more than `read`. */
export function hearingScope(event: EventName): Scope {
  return EVENT_CATALOG[event].scope;
}

/** Whether the principal may hear this event of this session, in the form of `hearingForm`. */
export function mayHear(principal: Principal, event: EventName, session: SessionId): boolean {
  return mayReach(principal, session) && hasScope(principal, 'read') && hasScope(principal, hearingScope(event));
}

/** In which form the principal hears the event. */
export function hearingForm(principal: Principal, event: EventName): HearingForm {
  return hasForms(event) && !hasScope(principal, 'control') ? 'restricted' : 'complete';
}

/** Whether listeners hear the event in different forms. */
export function hasForms(event: EventName): boolean {
  return controlFields(event).length > 0;
}

/** The JSON text of a payload in a form; the same text, unparsed, where nothing is to be left out. */
export function bodyIn(form: HearingForm, event: EventName, body: string): string {
  const fields = form === 'complete' ? [] : controlFields(event);
  if (fields.length === 0) return body;
  const payload: unknown = JSON.parse(body);
  if (typeof payload !== 'object' || payload === null || !fields.some(field => Object.hasOwn(payload, field))) return body;
  return JSON.stringify(Object.fromEntries(Object.entries(payload).filter(([field]) => !fields.includes(field))));
}

function controlFields(event: EventName): readonly string[] {
  return EVENT_CATALOG[event].controlFields ?? [];
}
