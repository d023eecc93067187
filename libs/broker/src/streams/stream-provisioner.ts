import type { StreamInfo } from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { isPassing, isPermissionViolation, isStorageShort, jetStreamCode, JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import { sizeSetting, type StreamDefinition } from './stream-definition.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { formatOf } from './stream-format.catalog.js';
import { formatMetadata, judgeFormat, requireReadable, stepsTo, UnknownFormatError } from './stream-format.policy.js';

const logger = new StructuredLogger('broker');

/**
 * Creates a stream, or updates the settings in which an existing one differs and migrates its records to the format of this release; its messages are kept.
 * Waits for JetStream without limit.
 * Throws `UnknownFormatError` if a newer release has written the stream, and the server's error if it refuses the definition itself.
 */
export function provisionStream(connection: NatsConnection, definition: StreamDefinition, signal?: AbortSignal): Promise<StreamInfo> {
  return whileItPasses(
    () => createOrUpdate(connection, definition),
    error => reportWaiting(connection, definition, error),
    signal
  );
}

/**
 * Throws `UnknownFormatError` if a newer release has written one of the streams.
 * All of them are checked before the first is changed: a release that cannot read one of them must leave the others unchanged too.
 * Waits for JetStream without limit.
 */
export async function requireKnownFormats(
  connection: NatsConnection,
  definitions: readonly StreamDefinition[],
  signal?: AbortSignal
): Promise<void> {
  for (const definition of definitions) {
    await whileItPasses(
      async () => {
        const existing = await infoOf(connection, definition.name);
        if (existing) judgeFormat(definition.name, existing.config.metadata, formatOf(definition.name));
      },
      error => reportWaiting(connection, definition, error),
      signal
    );
  }
}

async function whileItPasses<T>(act: () => Promise<T>, report: (error: unknown) => Promise<void>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      // Another process may have created it between the check and the attempt.
      const raced = jetStreamCode(error) === JETSTREAM_CODE.streamNameInUse && attempt < 10;
      // Another process creates what this one is not allowed to create.
      const waits = isPermissionViolation(error);
      const refused = error instanceof UnknownFormatError;
      if (refused || (!raced && !waits && !isPassing(error))) throw error;
      if (attempt % 10 === 1) await report(error);
      await delay(backOffMs(attempt), undefined, { signal });
    }
  }
}

/** Returns `null` if the stream does not exist. */
function infoOf({ jetstream }: NatsConnection, stream: string): Promise<StreamInfo | null> {
  return jetstream.streams.info(stream).catch((error: unknown) => {
    if (jetStreamCode(error) === JETSTREAM_CODE.streamNotFound) return null;
    throw error;
  });
}

/** Servers without a consumer limit of their own refuse to change one. */
async function update({ streams }: NatsConnection['jetstream'], { config }: StreamInfo, definition: StreamDefinition): Promise<StreamInfo> {
  try {
    return await streams.update(definition.name, { ...config, ...definition });
  } catch (error) {
    if (jetStreamCode(error) === null || config.max_consumers === definition.max_consumers) throw error;
    const kept: StreamDefinition = { ...definition, max_consumers: config.max_consumers };
    return streams.update(definition.name, { ...config, ...kept });
  }
}

async function reportWaiting(connection: NatsConnection, definition: StreamDefinition, error: unknown): Promise<void> {
  if (isStorageShort(error))
    return logger.warn(await shortage(connection, definition), 'nats has too little storage for the stream, retrying');
  logger.warn({ err: error, stream: definition.name }, 'cannot prepare the stream yet, retrying');
}

/** Returns the stream, how much it reserves, how much is available, and the setting that decides. */
async function shortage({ jetstream }: NatsConnection, { name, max_bytes: wanted }: StreamDefinition): Promise<Record<string, unknown>> {
  const setting = sizeSetting(name);
  const needBytes = wanted !== undefined && wanted > 0 ? wanted : null;
  const account = await jetstream.getAccountInfo().catch(() => null);
  // The client's types omit the storage that other streams have reserved.
  const { reserved_storage: reservedBytes = null, limits } = (account ?? {}) as {
    reserved_storage?: number;
    limits?: { max_storage: number };
  };
  const limit = limits?.max_storage ?? -1;
  // Without an account limit, the server does not report how much storage it has; it is less than the request.
  const have = limit >= 0 ? limit - (reservedBytes ?? 0) : needBytes === null ? 'none' : `less than ${needBytes}`;
  const remedy = `make room for JetStream (max_file_store, or free disk: it takes three quarters of that)${setting === null ? '' : ` or set ${setting} lower`}`;
  return { stream: name, needBytes, haveBytes: have, reservedBytes, setting, remedy };
}

async function createOrUpdate(connection: NatsConnection, wanted: StreamDefinition): Promise<StreamInfo> {
  const { jetstream } = connection;
  const format = formatOf(wanted.name);
  const definition = { ...wanted, metadata: formatMetadata(format) };
  const existing = await infoOf(connection, definition.name);
  if (existing === null) {
    const created = await jetstream.streams.add(definition);
    logger.info({ stream: definition.name, replicas: created.config.num_replicas }, 'stream created');
    return created;
  }
  const { metadata } = existing.config;
  judgeFormat(definition.name, metadata, format);
  const changed = changedFields(definition, existing.config);
  if (changed.length === 0) return existing;
  try {
    let updated = existing;
    if (changed.some(field => field !== 'metadata'))
      updated = await update(jetstream, existing, { ...definition, metadata: metadata ?? {} });
    // The mark is written last, so that an interrupted migration is run again.
    if (changed.includes('metadata')) {
      for (const step of stepsTo(format, metadata)) await format.migrations[step]?.(connection, definition.name);
      updated = await update(jetstream, existing, { ...definition, metadata: { ...metadata, ...definition.metadata } });
    }
    logger.info({ stream: definition.name, changed }, 'stream settings changed');
    return updated;
  } catch (error) {
    if (!isPermissionViolation(error)) throw error;
    requireReadable(definition.name, metadata, format);
    logger.warn(
      { stream: definition.name, changed },
      'stream settings differ and this nats user is not permitted to change them, see docs/security.md'
    );
    return existing;
  }
}

/** Returns the names of the settings in which a stream differs from its definition. */
export function changedFields(definition: StreamDefinition, actual: object): string[] {
  return Object.entries(definition)
    .filter(([field, wanted]) => !contains((actual as Record<string, unknown>)[field], wanted))
    .map(([field]) => field);
}

/** The server adds its own fields to nested settings. */
function contains(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return isDeepStrictEqual(actual, wanted);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(wanted).every(([field, value]) => contains((actual as Record<string, unknown>)[field], value));
}
