import type { LoggedEvent } from '@wabus/broker';

/** The JSON text of an event with its envelope. The payload goes in as the text that came from the log. */
export function encodeEnvelope({ facts, cursor, body }: LoggedEvent): string {
  const { id, session, event, at, epoch, schemaVersion } = facts;
  const envelope = JSON.stringify({ id, session, event, cursor, at, epoch, schemaVersion });
  return `${envelope.slice(0, -1)},"data":${body}}`;
}

/** The body of a delivery: an envelope, or `{"events": […]}` in bulk mode. */
export function encodeDelivery(events: readonly LoggedEvent[], bulk: boolean): string {
  return bulk ? `{"events":[${events.map(encodeEnvelope).join(',')}]}` : encodeEnvelope(events[0]!);
}
