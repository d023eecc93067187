import { brokerOptions, type BrokerOptions } from '@wabus/broker';
import { REGISTRY_BUCKET, WEBHOOKS_BUCKET } from '@wabus/contracts';
import type { GatewayLimits } from '../gateway/gateway.adapter.js';
import type { WebhookSettings } from '../webhooks/webhook.settings.js';
import type { EdgeConfig, Transport } from './edge.config.js';

/** What the configuration means to the broker. */
export function edgeBroker(config: EdgeConfig): BrokerOptions {
  return brokerOptions(config, { name: 'wabus-edge', buckets: [REGISTRY_BUCKET, WEBHOOKS_BUCKET] });
}

/** What it means to the event gateway. */
export function gatewayLimits({ transports, maxPayloadBytes, corsOrigins }: EdgeConfig): GatewayLimits {
  return { transports: transports as Transport[], maxMessageBytes: maxPayloadBytes, corsOrigins };
}

/** What it means to webhooks. */
export function webhookSettings(config: EdgeConfig): WebhookSettings {
  return {
    timeoutMs: config.webhookTimeoutMs,
    maxAttempts: config.webhookMaxAttempts,
    retryBaseMs: config.webhookRetryBaseMs,
    retryCapMs: config.webhookRetryCapMs,
    breakerFailures: config.webhookBreakerFailures,
    parallel: config.webhookParallel,
    leaseMs: config.webhookLeaseMs,
    maxWebhooks: config.webhookLimit
  };
}
