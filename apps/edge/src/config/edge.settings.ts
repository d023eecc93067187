import { brokerOptions, type BrokerOptions } from '@wabus/broker';
import { MODELS_BUCKET, REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET, TOKENS_BUCKET, WEBHOOKS_BUCKET } from '@wabus/contracts';
import type { AuthSettings } from '../auth/auth.settings.js';
import type { CloudApiSettings } from '../cloud-api/cloud-api.controller.js';
import type { CommandLimits } from '../commands-out/command.limiter.js';
import type { CompatSettings } from '../compat/compat.settings.js';
import type { ConnectionSettings } from '../connection-api/connection-api.js';
import type { EventsInSettings } from '../events-in/events-in.js';
import type { GatewayLimits } from '../gateway/gateway.adapter.js';
import type { GatewaySettings } from '../gateway/subscriber.factory.js';
import type { HttpSettings } from '../http/back-pressure.writer.js';
import type { ReadModelSettings } from '../read-models/store/read-model.store.js';
import type { MediaSettings } from '../media/media.settings.js';
import type { ShareLimits } from '../auth/share.limiter.js';
import type { SubscriptionSettings } from '../subscriptions/subscription.store.js';
import type { WebhookSettings } from '../webhooks/webhook-limits.js';
import type { PeerName } from '../compat/compat.types.js';
import type { EdgeConfig, Transport } from './edge.config.js';

/** Returns the broker options for the configuration. */
export function edgeBroker(config: EdgeConfig): BrokerOptions {
  const buckets = [REGISTRY_BUCKET, TOKENS_BUCKET, WEBHOOKS_BUCKET, SUBSCRIPTIONS_BUCKET, MODELS_BUCKET];
  return brokerOptions(config, { name: 'wabus-edge', buckets });
}

/** Returns the limits of the event gateway. */
export function gatewayLimits({ transports, maxPayloadBytes, corsOrigins }: EdgeConfig): GatewayLimits {
  return { transports: transports as Transport[], maxMessageBytes: maxPayloadBytes, corsOrigins };
}

/** Returns the settings of access. Throws if two sources of keys are configured. */
export function authSettings(config: EdgeConfig): AuthSettings {
  const { jwtSecret, jwtJwksPath, jwtJwksUrl, jwtIssuer, jwtAudience, failuresPerMinute } = config;
  if (jwtJwksPath !== undefined && jwtJwksUrl !== undefined)
    throw new Error('set either WABUS_JWT_JWKS_PATH or WABUS_JWT_JWKS_URL, not both');
  const jwks = jwtJwksPath !== undefined ? { file: jwtJwksPath } : jwtJwksUrl !== undefined ? { url: jwtJwksUrl } : null;
  return {
    tokenFile: config.accessTokenFile,
    tokenFilePollMs: config.accessTokenPollMs,
    tokenInQuery: config.tokenInQuery,
    failureRate: { perSecond: failuresPerMinute / 60, burst: failuresPerMinute },
    trustedProxies: config.trustedProxies,
    jwt: {
      secret: jwtSecret ?? null,
      jwks,
      issuer: jwtIssuer ?? null,
      audience: jwtAudience ?? null,
      claims: { sessions: config.jwtSessionsClaim, scopes: config.jwtScopesClaim }
    },
    creators: { whenTokenGoes: config.whenTokenGoes, deleteAfterMs: config.tokenGoneDeleteAfterMs }
  };
}

/** Returns the limits of commands. */
export function commandLimits(config: EdgeConfig): CommandLimits {
  return {
    perToken: { perSecond: config.commandsPerSecond, burst: config.commandsBurst },
    sendsPerSession: { perSecond: config.sendsPerSecond, burst: config.sendsBurst }
  };
}

/** Returns the settings of webhooks. */
export function webhookSettings(config: EdgeConfig): WebhookSettings {
  return {
    timeoutMs: config.webhookTimeoutMs,
    maxAttempts: config.webhookMaxAttempts,
    retryBaseMs: config.webhookRetryBaseMs,
    retryCapMs: config.webhookRetryCapMs,
    breakerFailures: config.webhookBreakerFailures,
    parallel: config.webhookParallel,
    pauseAfterRefusals: config.webhookPauseAfterRefusals,
    leaseMs: config.webhookLeaseMs,
    maxWebhooks: config.webhookLimit,
    maxWebhooksPerToken: config.webhookLimitPerToken
  };
}

/** Returns the settings of the gateway's subscribers. */
export function gatewaySettings(config: EdgeConfig): GatewaySettings {
  const { clientBufferBytes, bufferBytes, clientStallMs, maxConnectionsPerToken, maxSubscriptionsPerConnection } = config;
  return { clientBufferBytes, bufferBytes, clientStallMs, maxConnectionsPerToken, maxSubscriptionsPerConnection };
}

/** Returns the settings of the live feed. */
export function eventsInSettings({ windowEvents, windowBytes }: EdgeConfig): EventsInSettings {
  return { window: { maxEvents: windowEvents, maxBytes: windowBytes } };
}

/** Returns the settings of durable subscriptions. */
export function subscriptionSettings(config: EdgeConfig): SubscriptionSettings {
  const {
    maxDurableSubscriptions: inAll,
    maxDurableSubscriptionsPerToken: perToken,
    durableSubscriptionsPerMinute: createdPerMinute
  } = config;
  return { inAll, perToken, createdPerMinute };
}

/** Returns the settings of files. */
export function mediaSettings(config: EdgeConfig): MediaSettings {
  return {
    maxFileBytes: config.mediaMaxFileBytes,
    fetchTimeoutMs: config.mediaFetchTimeoutMs,
    transfers: {
      inAll: { most: config.mediaMaxTransfers, of: 'media transfers of this edge', setting: 'WABUS_EDGE_MAX_MEDIA_TRANSFERS' },
      perToken: {
        most: config.mediaMaxTransfersPerToken,
        of: 'media transfers of one token',
        setting: 'WABUS_EDGE_MAX_MEDIA_TRANSFERS_PER_TOKEN'
      }
    },
    pace: { bytesPerSecond: config.mediaMinBytesPerSecond, patienceMs: config.mediaStallMs, limitMs: config.mediaTransferTimeoutMs }
  };
}

/** Returns the settings of HTTP responses. */
export function httpSettings(config: EdgeConfig): HttpSettings {
  return {
    streams: {
      perToken: { most: config.maxStreamsPerToken, of: 'event streams of one token', setting: 'WABUS_EDGE_MAX_STREAMS_PER_TOKEN' },
      inAll: { most: config.maxStreams, of: 'event streams of this edge', setting: 'WABUS_EDGE_MAX_STREAMS' }
    },
    keepAliveMs: config.keepAliveMs,
    stallMs: config.answerStallMs
  };
}

/** Returns the limits of requests that search stored events and read models. */
export function searchLimits(config: EdgeConfig): ShareLimits {
  return {
    perToken: {
      most: config.maxSearchesPerToken,
      of: 'concurrent lists and searches of one token',
      setting: 'WABUS_EDGE_MAX_SEARCHES_PER_TOKEN'
    },
    inAll: { most: config.maxSearches, of: 'concurrent lists and searches of this edge', setting: 'WABUS_EDGE_MAX_SEARCHES' }
  };
}

/** Returns the limits of MCP clients. */
export function mcpLimits(config: EdgeConfig): ShareLimits {
  return {
    perToken: {
      most: config.maxMcpMessagesPerToken,
      of: 'concurrent MCP messages of one token',
      setting: 'WABUS_EDGE_MAX_MCP_MESSAGES_PER_TOKEN'
    },
    inAll: { most: config.maxMcpMessages, of: 'concurrent MCP messages of this edge', setting: 'WABUS_EDGE_MAX_MCP_MESSAGES' }
  };
}

/** Returns the settings of the read models. */
export function readModelSettings({ modelsLeaseMs, modelsMessageDays }: EdgeConfig): ReadModelSettings {
  return { leaseMs: modelsLeaseMs, messageAgeMs: modelsMessageDays * 86_400_000 };
}

/** Returns the settings of the connection API. */
export function connectionSettings({ connectionWaitMs }: EdgeConfig): ConnectionSettings {
  return { waitMs: connectionWaitMs };
}

/** Returns the settings of Meta's Cloud API. */
export function cloudApiSettings({ cloudApiTemplates }: EdgeConfig): CloudApiSettings {
  return { templatesAsText: cloudApiTemplates === 'text' };
}

/** Returns the settings of the APIs for programs of other gateways. */
export function compatSettings({ compat, compatUrl, port }: EdgeConfig): CompatSettings {
  return { peers: compat as PeerName[], baseUrl: (compatUrl ?? `http://localhost:${port}`).replace(/\/+$/, '') };
}
