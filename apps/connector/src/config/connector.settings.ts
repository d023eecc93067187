import { brokerOptions, type BrokerOptions } from '@wabus/broker';
import { OWNERSHIP_BUCKET, parseProxyAddress, parseWhatsAppVersion, REGISTRY_BUCKET } from '@wabus/contracts';
import { AllowedHosts, isPublicAddress } from '@wabus/runtime';
import type { ClientVersionSettings } from '../client-version/client-versions.js';
import type { DeviceTransferSettings } from '../credential-transfer/incoming-transfer.js';
import { CLUSTER_TIMING, SINGLE_SERVER_TIMING, type OwnershipOptions, type OwnershipTiming } from '../ownership/ownership.options.js';
import type { SessionOptions } from '../session/session-parts.js';
import type { EngineSettings } from '../whatsapp/engine-settings.js';
import { PASSKEY_TIMES } from '../whatsapp/linking/passkey.exchange.js';
import type { ProxyGuard } from '../whatsapp/connecting/proxy-tunnel.js';
import { parseSimulatorOption } from '../whatsapp/connecting/simulator.policy.js';
import type { ConnectorConfig } from './connector.config.js';

const CONTENDED_BASE_MS = 15_000;
const CONTENDED_CAP_MS = 600_000;
const SLOW_BASE_MS = 120_000;
const SLOW_CAP_MS = 3_600_000;
/** Baileys pings if the last frame is older than `keepAliveMs` plus 5 s, which it checks only every `keepAliveMs`. */
const KEEP_ALIVE_SLACK_MS = 5_000;
/** Changes 1 s and 60 s into a minute and an hour. */
const OUTDATED_FACTOR = 60;
const LOOK_UP_LIMIT_MS = 10_000;
const VERSION_PAGE_URL = 'https://web.whatsapp.com/sw.js';
const UNLINK_LIMIT_MS = 10_000;
const IMPORTS_AT_ONCE = 2;
const TRANSFER_IDLE_MS = 30_000;

/** Returns the broker options of a connector's configuration. */
export function connectorBroker(config: ConnectorConfig): BrokerOptions {
  return brokerOptions(config, { name: `wabus-connector-${config.connectorId}`, buckets: [REGISTRY_BUCKET, OWNERSHIP_BUCKET] });
}

/** Returns the settings of WhatsApp sockets. Throws if the simulator settings are invalid. */
export function engineSettings(config: ConnectorConfig): EngineSettings {
  return {
    simulator: parseSimulatorOption(config.simulatorUrl, config.simulatorRootKey),
    syncFullHistory: config.syncFullHistory,
    qrTimeoutMs: config.qrTimeoutMs ?? null,
    proxy: config.proxyUrl === undefined ? null : parseProxyAddress(config.proxyUrl),
    proxyGuard: proxyGuard(config.egressAllow),
    keepAliveMs: config.keepAliveMs,
    silenceLimitMs: config.silenceLimitMs ?? 2 * config.keepAliveMs + KEEP_ALIVE_SLACK_MS,
    watchdogMs: config.connectLimitMs,
    backlogLimitMs: config.backlogLimitMs,
    resends: { perChat: config.resendsPerChat, windowMs: config.resendWindowMs },
    sentMessageTtlMs: config.sentMessageTtlMs,
    addressing: config.addressing,
    reach: {
      newChatsPerDay: config.newChatsPerDay,
      sendWhileRestricted: config.sendWhileRestricted,
      restrictionCheckMs: config.restrictionCheckMs
    },
    numberLookupsPerHour: config.numberLookupsPerHour
  };
}

/** Returns the settings of sessions. */
export function sessionSettings(config: ConnectorConfig): SessionOptions {
  return {
    connector: config.connectorId,
    passkeyTimes: { ...PASSKEY_TIMES, stepMs: config.passkeyStepMs },
    reconnect: {
      baseMs: config.reconnectBaseMs,
      capMs: config.reconnectCapMs,
      contendedBaseMs: CONTENDED_BASE_MS,
      contendedCapMs: CONTENDED_CAP_MS,
      slowBaseMs: SLOW_BASE_MS,
      slowCapMs: SLOW_CAP_MS,
      outdatedBaseMs: OUTDATED_FACTOR * config.reconnectBaseMs,
      outdatedCapMs: OUTDATED_FACTOR * config.reconnectCapMs
    },
    stableOpenMs: config.stableOpenMs,
    statusIntervalMs: config.statusIntervalMs,
    maxQrRounds: config.qrRounds,
    unlinkLimitMs: UNLINK_LIMIT_MS
  };
}

/** Returns the settings of the version look-up. With a simulator, no request leaves this machine. */
export function versionSettings(config: ConnectorConfig): ClientVersionSettings {
  const simulator = parseSimulatorOption(config.simulatorUrl, config.simulatorRootKey);
  return {
    connector: config.connectorId,
    fixed: parseWhatsAppVersion(config.whatsappVersion),
    // The first wait of a refused session is at least half of the base.
    minIntervalMs: (OUTDATED_FACTOR * config.reconnectBaseMs) / 2,
    page: {
      url: simulator ? simulatedPage(simulator.url) : new URL(VERSION_PAGE_URL),
      proxy: config.proxyUrl === undefined ? null : parseProxyAddress(config.proxyUrl),
      guard: simulator ? null : proxyGuard(config.egressAllow),
      limitMs: LOOK_UP_LIMIT_MS
    }
  };
}

function simulatedPage(simulator: URL): URL {
  const page = new URL('/sw.js', simulator);
  page.protocol = simulator.protocol === 'wss:' ? 'https:' : 'http:';
  return page;
}

/** Returns the settings of ownership. Throws if the times contradict one another. */
export function ownershipOptions({ connectorId, weight, ownershipTiming, timingScale }: ConnectorConfig): OwnershipOptions {
  const timing = ownershipTiming === 'cluster' ? CLUSTER_TIMING : SINGLE_SERVER_TIMING;
  const scaled = Object.entries<number>({ ...timing }).map(([name, value]) => [
    name,
    name.endsWith('Ms') ? Math.round(value * timingScale) : value
  ]);
  return { connector: connectorId, weight, timing: { ...timing, ...(Object.fromEntries(scaled) as Partial<OwnershipTiming>) } };
}

/** Returns the settings of credential transfers. */
export function transferSettings({ importMaxBytes, credentialsExport }: ConnectorConfig): DeviceTransferSettings {
  return { maxBytes: importMaxBytes, maxImports: IMPORTS_AT_ONCE, idleMs: TRANSFER_IDLE_MS, exportAllowed: credentialsExport };
}

/** All addresses must be permitted: if one is private, the name's DNS server decides at any moment where the connection goes. */
function proxyGuard(allow: readonly string[]): ProxyGuard {
  const allowed = new AllowedHosts(allow);
  return {
    permits: (host, addresses) =>
      allowed.hasName(host) || addresses.every(address => isPublicAddress(address) || allowed.hasAddress(address))
  };
}
