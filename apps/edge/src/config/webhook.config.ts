import { BrokerConfig } from '@wabus/broker';
import { EgressAllow, Setting } from '@wabus/runtime';
import { IsInt, Max, Min } from 'class-validator';

/** The settings of webhooks and of the egress, which connects to addresses that users provide. */
export abstract class WebhookConfig extends BrokerConfig {
  @EgressAllow()
  egressAllow: string[] = [];

  @Setting({
    env: 'WABUS_WEBHOOK_TIMEOUT_MS',
    description: 'How long one attempt to deliver to a webhook may take, unless the webhook says otherwise.',
    unit: 'ms'
  })
  @IsInt()
  @Min(50)
  @Max(120_000)
  webhookTimeoutMs: number = 30_000;

  @Setting({
    env: 'WABUS_WEBHOOK_MAX_ATTEMPTS',
    description: 'Number of failed attempts after which an event becomes a dead letter of its webhook.'
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  webhookMaxAttempts: number = 20;

  @Setting({
    env: 'WABUS_WEBHOOK_RETRY_BASE_MS',
    description: 'Maximum wait after the first failed attempt; the maximum doubles with each further failure.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1)
  webhookRetryBaseMs: number = 1_000;

  @Setting({ env: 'WABUS_WEBHOOK_RETRY_CAP_MS', description: 'Maximum wait between two attempts.', unit: 'ms' })
  @IsInt()
  @Min(1)
  webhookRetryCapMs: number = 600_000;

  @Setting({
    env: 'WABUS_WEBHOOK_BREAKER_FAILURES',
    description:
      'Failed attempts in a row, over all sessions, that open the circuit breaker of an endpoint. After that, Wabus sends only single trials until one succeeds.'
  })
  @IsInt()
  @Min(1)
  webhookBreakerFailures: number = 10;

  @Setting({ env: 'WABUS_WEBHOOK_PARALLEL', description: 'Maximum number of deliveries of one webhook in progress at the same time.' })
  @IsInt()
  @Min(1)
  @Max(256)
  webhookParallel: number = 16;

  @Setting({
    env: 'WABUS_WEBHOOK_PAUSE_AFTER_REFUSALS',
    description:
      'Number of events that an endpoint may refuse in a row, with 400, 422 and the like, before its webhook is paused; 0 for never.'
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  webhookPauseAfterRefusals: number = 20;

  @Setting({
    env: 'WABUS_WEBHOOK_LEASE_MS',
    description: 'How long an edge may be silent before other edges take over its webhooks. Use the same value for all edges.',
    unit: 'ms'
  })
  @IsInt()
  @Min(500)
  webhookLeaseMs: number = 5_000;

  @Setting({ env: 'WABUS_WEBHOOK_LIMIT', description: 'Maximum number of webhooks at the same time.' })
  @IsInt()
  @Min(0)
  webhookLimit: number = 1_000;

  @Setting({
    env: 'WABUS_WEBHOOK_LIMIT_PER_TOKEN',
    description: 'Maximum number of existing webhooks that were created with one token. Use the same value for all edges.'
  })
  @IsInt()
  @Min(0)
  webhookLimitPerToken: number = 100;
}
