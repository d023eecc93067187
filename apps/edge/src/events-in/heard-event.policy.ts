import type { EncodedEvent } from '@wabus/contracts';
import { bodyIn, hearingForm } from '../auth/hearing.policy.js';
import type { Principal } from '../auth/principal.js';

/** The event as this principal may hear it: the same one, unparsed, unless its payload has fields that take another scope. */
export function heardBy<Event extends EncodedEvent>(principal: Principal, event: Event): Event {
  const name = event.facts.event;
  const body = bodyIn(hearingForm(principal, name), name, event.body);
  return body === event.body ? event : { ...event, body };
}
