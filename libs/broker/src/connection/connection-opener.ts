import { connect, errors, type ConnectionOptions, type NatsConnection as NatsClient } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerConnection } from '../broker.options.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { backOffMs } from './back-off.policy.js';
import { parseServerAddress, sharedCredentials, type ServerAddress } from './server-address.codec.js';
import { isSupportedServer, MINIMUM_SERVER_VERSION } from './server-version.policy.js';

/** The prefix of every inbox. */
export const INBOX_PREFIX = '_INBOX';
/** The settings that contain credentials, for error messages. */
export const CREDENTIAL_SETTINGS = 'WABUS_NATS_URL, WABUS_NATS_USER, WABUS_NATS_PASSWORD, WABUS_NATS_TOKEN';

/** The error codes for a certificate that this machine does not trust or that is not valid for the host. */
const CERTIFICATE_CODES: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
]);

/** The options of the NATS client, and the facts that log lines about the connection need. */
export interface ServerDestination {
  readonly options: ConnectionOptions;
  readonly addresses: readonly ServerAddress[];
  /** The user that authenticates to NATS; `null` with a token or without credentials. */
  readonly user: string | null;
  readonly inboxPrefix: string | undefined;
}

/** @throws {RangeError} if an address cannot be parsed */
export function destinationOf(settings: BrokerConnection, requestTimeoutMs: number): ServerDestination {
  const addresses = settings.servers.map(parseServerAddress);
  const shared = sharedCredentials(addresses) ?? {};
  const { user, password, token } = { user: settings.user, password: settings.password, token: settings.token, ...shared };
  const files = Object.fromEntries(Object.entries(settings.tls ?? {}).filter(([, path]) => path !== undefined));
  const secure = addresses.some(address => address.secure) || Object.keys(files).length > 0;
  const inboxPrefix = user === undefined ? undefined : `${INBOX_PREFIX}_${user.replace(/[^A-Za-z0-9_-]/g, '_')}`;
  const options: ConnectionOptions = {
    servers: addresses.map(({ server }) => server),
    name: settings.name,
    token,
    user,
    pass: password,
    // Any value makes the client refuse a server without TLS before it sends anything.
    ...(secure && { tls: files }),
    inboxPrefix,
    timeout: requestTimeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
    ignoreAuthErrorAbort: true,
    // Detects a dead connection within six seconds, before the lease of a connector expires.
    pingInterval: 2_000,
    maxPingOut: 2,
    // Saves the allocation of one `Error` per request.
    noAsyncTraces: true
  };
  return { options, addresses, user: user ?? null, inboxPrefix };
}

/** Connects, retrying without limit, and logs what prevents the connection. Rejects when `signal` is aborted. */
export async function connectOnceThere(destination: ServerDestination, signal: AbortSignal | undefined): Promise<NatsClient> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await connectToSupported(destination.options);
    } catch (error) {
      // Logs the first failure, then about one every ten seconds.
      if (attempt % 10 === 1) await explain(destination, error);
      await delay(backOffMs(attempt), undefined, { signal });
    }
  }
}

class OldServerError extends Error {
  override readonly name = 'OldServerError';

  constructor(readonly version: string) {
    super(`nats-server ${version} is too old: Wabus needs ${MINIMUM_SERVER_VERSION} or newer`);
  }
}

async function connectToSupported(options: ConnectionOptions): Promise<NatsClient> {
  const client = await connect(options);
  const version = client.info?.version ?? '';
  if (isSupportedServer(version)) return client;
  await client.close();
  throw new OldServerError(version);
}

/** Logs one line per address: the client reports only the error of the last address that it tried. */
async function explain({ options, addresses, user }: ServerDestination, error: unknown): Promise<void> {
  const [only] = addresses;
  if (addresses.length === 1 && only) return explainOne(only, user, error);
  for (const address of addresses) {
    try {
      await (await connectToSupported({ ...options, servers: [address.server], reconnect: false })).close();
    } catch (reason) {
      explainOne(address, user, reason);
    }
  }
}

function explainOne({ shown: server }: ServerAddress, user: string | null, err: unknown): void {
  const logger = new StructuredLogger('broker');
  if (isRefusedLogin(err)) {
    logger.warn({ server, user, settings: CREDENTIAL_SETTINGS }, 'nats refuses the user, password or token, retrying');
  } else if (err instanceof OldServerError) {
    logger.warn({ server, version: err.version, needed: MINIMUM_SERVER_VERSION }, 'nats-server is too old, retrying');
  } else if (isUntrustedCertificate(err)) {
    logger.warn({ server, err, settings: 'WABUS_NATS_CA_FILE' }, 'the certificate of nats is not trusted, retrying');
  } else {
    logger.warn({ server, err }, 'nats does not respond, retrying');
  }
}

/** Returns whether the server refused the credentials. The client sometimes nests this error. */
export function isRefusedLogin(thrown: unknown): boolean {
  if (thrown instanceof errors.AuthorizationError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isRefusedLogin(thrown.cause);
}

function isUntrustedCertificate(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { code, cause } = thrown as { code?: unknown; cause?: unknown };
  return CERTIFICATE_CODES.has(code) || isUntrustedCertificate(cause);
}
