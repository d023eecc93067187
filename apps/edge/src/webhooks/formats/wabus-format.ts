import type { LoggedEvent } from '@wabus/broker';
import { encodeEnvelope } from '@wabus/contracts';
import type { WebhookFormat } from './webhook-formats.registry.js';

/** The format of Wabus: an envelope, or `{"events": […]}` in bulk mode. */
export const WABUS_FORMAT: WebhookFormat = {
  faultOf: () => null,
  requestsOf: ({ bulk }, events) => [{ body: encodeDelivery(events, bulk !== null) }],
  testOf: ({ bulk }, event) => ({ body: JSON.stringify(bulk ? { events: [event] } : event) })
};

function encodeDelivery(events: readonly LoggedEvent[], bulk: boolean): string {
  return bulk ? `{"events":[${events.map(event => encodeEnvelope(event)).join(',')}]}` : encodeEnvelope(events[0]!);
}
