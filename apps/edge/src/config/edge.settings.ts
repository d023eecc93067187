import { brokerOptions, type BrokerOptions } from '@wabus/broker';
import { REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET } from '@wabus/contracts';
import type { GatewayLimits } from '../gateway/gateway.adapter.js';
import type { EdgeConfig, Transport } from './edge.config.js';

/** What the configuration means to the broker. */
export function edgeBroker(config: EdgeConfig): BrokerOptions {
  return brokerOptions(config, { name: 'wabus-edge', buckets: [REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET] });
}

/** What it means to the event gateway. */
export function gatewayLimits({ transports, maxPayloadBytes, corsOrigins }: EdgeConfig): GatewayLimits {
  return { transports: transports as Transport[], maxMessageBytes: maxPayloadBytes, corsOrigins };
}
