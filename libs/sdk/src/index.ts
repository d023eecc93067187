/**
 * The client for a Wabus server, for Node.js and browsers.
 *
 * `wa`, the default export, is one session with a short API. {@link WabusClient} offers everything: events, commands, durable subscriptions and files.
 *
 * @packageDocumentation
 */
import { WhatsApp } from './connection/whatsapp.js';

export type * from './generated/command.catalog.js';
export type * from './generated/event.catalog.js';
export { EVENT_NAMES } from './generated/event.catalog.js';
export { ERROR_CODES, type ErrorCode } from './generated/error.catalog.js';
export type * from './generated/payload.catalog.js';
export { type CommandOptions } from './commands/command.client.js';
export type { Commands } from './commands/commands.js';
export { ConnectionModel } from './connection/connection-model.js';
export { WhatsApp, type ConnectionListeners, type ConnectOptions } from './connection/whatsapp.js';
export { MemoryCursorStore, type CursorStore } from './cursors/cursor.store.js';
export { LocalStorageCursorStore, type TextStorage } from './cursors/local-storage.cursor.store.js';
export {
  RetryDelivery,
  type Delivery,
  type DeliveryHandler,
  type DurableSubscription,
  type DurableTerms
} from './durable/durable-subscriptions.js';
export { CLIENT_ERROR_CODES, WabusError, type ClientErrorCode, type WabusErrorOptions } from './errors/wabus.error.js';
export type { AnyEvent, EventEnvelope, EventPattern, EventsOf } from './events/event-envelope.js';
export type { EventGap } from './events/event.feed.js';
export { isIncoming, type IncomingTerms } from './events/incoming.policy.js';
export { isLargePart } from './events/large-part.policy.js';
export type { EventHandler } from './events/event-handlers.js';
export type { HttpRequest, RequestContent } from './http/http.client.js';
export type { WabusClientOptions } from './link/client.options.js';
export type { Token } from './link/token.source.js';
export { MediaClient, type DownloadedMedia, type DownloadOptions, type MediaContent, type UploadOptions } from './media/media.client.js';
export { WabusClient, type EventLoopOptions } from './wabus.client.js';
export { MemoryDeliveryStore, type DeliveryStore, type ReceivedDelivery } from './webhooks/delivery.store.js';
export type { HandlingOrder } from './webhooks/event-lanes.policy.js';
export { WebhookReceiver, type WebhookAnswer, type WebhookHandler, type WebhookReceiverOptions } from './webhooks/webhook.receiver.js';
export { verifyWebhook, type VerifiedWebhook, type WebhookRequest } from './webhooks/webhook.signature.js';

/** A session of a Wabus server with a short API: `wa.connect(server, { type, token, identifier })`. */
export const wa: WhatsApp = new WhatsApp();
export default wa;
