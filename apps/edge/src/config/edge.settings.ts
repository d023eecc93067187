import { brokerOptions, type BrokerOptions } from '@wabus/broker';
import { REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET } from '@wabus/contracts';
import type { EventsInSettings } from '../events-in/events-in.settings.js';
import type { GatewayLimits } from '../gateway/gateway.adapter.js';
import type { GatewaySettings } from '../gateway/gateway.settings.js';
import type { HttpSettings } from '../http/http.settings.js';
import type { EdgeConfig, Transport } from './edge.config.js';

/** What the configuration means to the broker. */
export function edgeBroker(config: EdgeConfig): BrokerOptions {
  return brokerOptions(config, { name: 'wabus-edge', buckets: [REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET] });
}

/** What it means to the event gateway. */
export function gatewayLimits({ transports, maxPayloadBytes, corsOrigins }: EdgeConfig): GatewayLimits {
  return { transports: transports as Transport[], maxMessageBytes: maxPayloadBytes, corsOrigins };
}

/** What it means to the subscribers of the gateway. */
export function gatewaySettings(config: EdgeConfig): GatewaySettings {
  const { clientBufferBytes, clientStallMs, maxConnectionsPerToken, maxSubscriptionsPerConnection } = config;
  return { clientBufferBytes, clientStallMs, maxConnectionsPerToken, maxSubscriptionsPerConnection };
}

/** What it means to the live feed. */
export function eventsInSettings({ windowEvents, windowBytes }: EdgeConfig): EventsInSettings {
  return { window: { maxEvents: windowEvents, maxBytes: windowBytes } };
}

/** What it means to answers over HTTP that have no end. */
export function httpSettings({ maxStreamsPerToken, keepAliveMs }: EdgeConfig): HttpSettings {
  return { maxStreamsPerToken, keepAliveMs };
}
