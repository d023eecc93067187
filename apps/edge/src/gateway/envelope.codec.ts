import { encodeEnvelope } from '@wabus/contracts';
import type { LiveEvent } from '../events-in/live-events.js';

/** The JSON text of an `EventEnvelope`. */
export function envelopeText(event: LiveEvent): string {
  return encodeEnvelope(event);
}

/** The JSON text of an array of envelopes. */
export function batchText(envelopes: readonly string[]): string {
  return `[${envelopes.join(',')}]`;
}
