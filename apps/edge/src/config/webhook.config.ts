import { BrokerConfig } from '@wabus/broker';
import { EgressAllow, Setting } from '@wabus/runtime';
import { IsInt, Max, Min } from 'class-validator';

/** The settings of webhooks and of the way out to addresses that users name. */
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
    description: 'Failed attempts after which an event becomes a dead letter of its webhook.'
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  webhookMaxAttempts: number = 20;

  @Setting({
    env: 'WABUS_WEBHOOK_RETRY_BASE_MS',
    description: 'Longest wait after the first failed attempt; it doubles with each further failure.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1)
  webhookRetryBaseMs: number = 1_000;

  @Setting({ env: 'WABUS_WEBHOOK_RETRY_CAP_MS', description: 'Longest wait between two attempts.', unit: 'ms' })
  @IsInt()
  @Min(1)
  webhookRetryCapMs: number = 600_000;

  @Setting({
    env: 'WABUS_WEBHOOK_BREAKER_FAILURES',
    description:
      'Failed attempts in a row, over all sessions, that open the circuit breaker of an endpoint. After that, only trials are sent until one succeeds.'
  })
  @IsInt()
  @Min(1)
  webhookBreakerFailures: number = 10;

  @Setting({ env: 'WABUS_WEBHOOK_PARALLEL', description: 'Deliveries of one webhook under way at the same time.' })
  @IsInt()
  @Min(1)
  @Max(256)
  webhookParallel: number = 16;

  @Setting({
    env: 'WABUS_WEBHOOK_PAUSE_AFTER_REFUSALS',
    description: 'A webhook is paused when its endpoint has refused this many events in a row with 400, 422 and the like; 0 for never.'
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  webhookPauseAfterRefusals: number = 20;

  @Setting({
    env: 'WABUS_WEBHOOK_LEASE_MS',
    description: 'After this time of silence, the other edges take over the webhooks of an edge. The same for all edges.',
    unit: 'ms'
  })
  @IsInt()
  @Min(500)
  webhookLeaseMs: number = 5_000;

  @Setting({ env: 'WABUS_WEBHOOK_LIMIT', description: 'Webhooks that may exist at the same time.' })
  @IsInt()
  @Min(0)
  webhookLimit: number = 1_000;

  @Setting({ env: 'WABUS_WEBHOOK_LIMIT_PER_TOKEN', description: 'How many of them one token may have created. The same for all edges.' })
  @IsInt()
  @Min(0)
  webhookLimitPerToken: number = 100;
}
