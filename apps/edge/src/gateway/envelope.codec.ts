import type { LiveEvent } from '../events-in/live-events.js';

/** The JSON text of an `EventEnvelope`, into which the payload goes as the text it is. */
export function envelopeText({ facts, cursor, body }: LiveEvent): string {
  const { id, session, event, at, epoch, schemaVersion } = facts;
  const head = JSON.stringify({ id, session, event, cursor, at, epoch, schemaVersion });
  return `${head.slice(0, -1)},"data":${body}}`;
}

/** The JSON text of an array of envelopes. */
export function batchText(envelopes: readonly string[]): string {
  return `[${envelopes.join(',')}]`;
}
