import type { BrokerOptions } from '@wabus/broker';
import { REGISTRY_BUCKET } from '@wabus/contracts';
import type { GatewayLimits } from '../gateway/gateway.adapter.js';
import type { EdgeConfig, Transport } from './edge.config.js';

const HOUR_MS = 3_600_000;

/** What the configuration means to the broker. */
export function brokerOptions({ natsUrl, natsToken, replicas, eventsMaxAgeHours, eventsMaxBytes }: EdgeConfig): BrokerOptions {
  return {
    connection: { servers: natsUrl, name: 'wabus-edge', token: natsToken },
    eventLog: { replicas, maxAgeMs: eventsMaxAgeHours * HOUR_MS, maxBytes: eventsMaxBytes },
    buckets: [{ name: REGISTRY_BUCKET, replicas }]
  };
}

/** What it means to the event gateway. */
export function gatewayLimits({ transports, maxPayloadBytes, corsOrigins }: EdgeConfig): GatewayLimits {
  return { transports: transports as Transport[], maxMessageBytes: maxPayloadBytes, corsOrigins };
}
