import { EVENT_PARTS_BUCKET, MEDIA_BUCKET } from '@wabus/contracts';
import { Setting, TracingConfig } from '@wabus/runtime';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator';
import type { BrokerOptions } from './broker.options.js';
import { AreServerAddresses, IsExistingFile } from './connection/server-addresses.validator.js';

const HOUR_MS = 3_600_000;
/** The maximum time between storing the parts of an event in the object store and storing the event in the log. */
const PARTS_GRACE_MS = 6 * HOUR_MS;

/** The settings that every process with a broker connection has. Each process provisions the event stream, so all processes need the same values. */
export abstract class BrokerConfig extends TracingConfig {
  @Setting({
    env: 'WABUS_NATS_URL',
    description:
      'NATS servers, separated by commas: nats://host:port, or tls://host:port to require TLS. May contain user:password@ or token@, URL-encoded.'
  })
  @AreServerAddresses()
  natsUrl: string[] = ['nats://127.0.0.1:4222'];

  @Setting({ env: 'WABUS_NATS_TOKEN', description: 'Token for NATS, if its servers require one.', secret: true })
  @IsOptional()
  @IsString()
  natsToken?: string;

  @Setting({ env: 'WABUS_NATS_USER', description: 'NATS user of this process, which determines its role; only if the servers have users.' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]+$/)
  natsUser?: string;

  @Setting({ env: 'WABUS_NATS_PASSWORD', description: 'Password of the NATS user.', secret: true })
  @IsOptional()
  @IsString()
  natsPassword?: string;

  @Setting({
    env: 'WABUS_NATS_CA_FILE',
    description: 'PEM file with the authorities that may sign the certificates of NATS servers. If set, TLS is required.',
    kind: 'file'
  })
  @IsOptional()
  @IsExistingFile()
  natsCaFile?: string;

  @Setting({
    env: 'WABUS_NATS_CERT_FILE',
    description: 'Client certificate for NATS servers that require one, as a PEM file.',
    kind: 'file'
  })
  @ValidateIf(({ natsCertFile, natsKeyFile }: BrokerConfig) => natsCertFile !== undefined || natsKeyFile !== undefined)
  @IsExistingFile()
  natsCertFile?: string;

  @Setting({ env: 'WABUS_NATS_KEY_FILE', description: 'Private key of the client certificate, as a PEM file.', kind: 'file' })
  @ValidateIf(({ natsCertFile, natsKeyFile }: BrokerConfig) => natsCertFile !== undefined || natsKeyFile !== undefined)
  @IsExistingFile()
  natsKeyFile?: string;

  @Setting({
    env: 'WABUS_REPLICAS',
    description: 'Number of replicas of the event stream and of the buckets: 3 on a cluster. Use the same value for connectors and edges.'
  })
  @IsIn([1, 3, 5])
  replicas: number = 1;

  @Setting({
    env: 'WABUS_EVENTS_MAX_AGE_HOURS',
    description: 'How long events are kept. Use the same value for connectors and edges.',
    unit: 'h'
  })
  @IsInt()
  @Min(1)
  eventsMaxAgeHours: number = 72;

  @Setting({
    env: 'WABUS_EVENTS_MAX_BYTES',
    description:
      'Size of the event stream at which the oldest events are deleted; -1 for no limit. Use the same value for connectors and edges.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(-1)
  eventsMaxBytes: number = 10 * 1024 * 1024 * 1024;

  @Setting({
    env: 'WABUS_EVENT_PARTS_MAX_BYTES',
    description:
      'Total size of event parts that are too large or too deeply nested for the event stream; -1 for no limit. They are kept as long as events. One session may use half of the free space; beyond that, its own oldest parts are deleted. Use the same value for connectors and edges.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(-1)
  eventPartsMaxBytes: number = 1024 * 1024 * 1024;

  @Setting({
    env: 'WABUS_EVENT_DEDUP_WINDOW_MS',
    description: 'How long the event stream recognizes an event that it has already stored. Use the same value for connectors and edges.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  eventDedupWindowMs: number = 120_000;

  @Setting({
    env: 'WABUS_MEDIA_TTL_HOURS',
    description: 'How long uploaded files, and files downloaded from WhatsApp, are kept. Use the same value for connectors and edges.',
    unit: 'h'
  })
  @IsInt()
  @Min(1)
  mediaTtlHours: number = 24;

  @Setting({
    env: 'WABUS_MEDIA_MAX_BYTES',
    description:
      'Total size of uploaded and downloaded files; -1 for no limit. One session may use half of the free space; beyond that, its own oldest files are deleted. Use the same value for connectors and edges.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(-1)
  mediaMaxBytes: number = 5 * 1024 * 1024 * 1024;

  @Setting({
    env: 'WABUS_MEDIA_MAX_FILE_BYTES',
    description:
      'Maximum size of a file that is uploaded, or downloaded from an address or from WhatsApp. Use the same value for connectors and edges.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(1_024)
  mediaMaxFileBytes: number = 128 * 1024 * 1024;

  @Setting({
    env: 'WABUS_IMPORT_MAX_BYTES',
    description:
      'Maximum size of an imported linked device, in the neutral form. A connector holds the device in memory during the import. Use the same value for connectors and edges.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(65_536)
  @Max(1024 * 1024 * 1024)
  importMaxBytes: number = 64 * 1024 * 1024;
}

/** Returns the broker options of the process with the given name and buckets. */
export function brokerOptions(config: BrokerConfig, { name, buckets }: { name: string; buckets: readonly string[] }): BrokerOptions {
  const { replicas, natsUser: user, natsPassword: password } = config;
  const tls = { caFile: config.natsCaFile, certFile: config.natsCertFile, keyFile: config.natsKeyFile };
  return {
    connection: { servers: config.natsUrl, name, token: config.natsToken, user, password, tls },
    eventLog: {
      replicas,
      maxAgeMs: config.eventsMaxAgeHours * HOUR_MS,
      maxBytes: config.eventsMaxBytes,
      duplicateWindowMs: config.eventDedupWindowMs
    },
    buckets: buckets.map(bucket => ({ name: bucket, replicas })),
    objectStores: [
      { name: MEDIA_BUCKET, ttlMs: config.mediaTtlHours * HOUR_MS, maxBytes: config.mediaMaxBytes, replicas },
      {
        name: EVENT_PARTS_BUCKET,
        ttlMs: config.eventsMaxAgeHours * HOUR_MS + PARTS_GRACE_MS,
        maxBytes: config.eventPartsMaxBytes,
        replicas
      }
    ]
  };
}
