import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { BrokerConfig } from '@wabus/broker';
import { ADDRESSINGS, IsProxyAddress, type Addressing } from '@wabus/contracts';
import { EgressAllow, LOG_LEVELS, Setting, type LogLevel, type ProcessSettings } from '@wabus/runtime';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  buildMessage,
  type ValidationArguments
} from 'class-validator';
import { parseSimulatorOption } from '../whatsapp/connecting/simulator.policy.js';

const MEBIBYTE = 1024 * 1024;
const HOUR_MS = 3_600_000;

/** The settings of a connector. */
export class ConnectorConfig extends BrokerConfig implements ProcessSettings {
  @Setting({
    env: 'WABUS_CONNECTOR_ID',
    description: 'Name of this connector. Each connector needs a different name.',
    defaultText: 'host name, process id and a random part'
  })
  @Matches(/^[A-Za-z0-9_-]{1,64}$/, { message: 'must consist of 1 to 64 letters, digits, underscores or hyphens' })
  connectorId: string = inventConnectorId();

  @Setting({ env: 'WABUS_CONNECTOR_HOST', description: 'Address on which health and metrics are served.' })
  @IsString()
  host: string = '127.0.0.1';

  @Setting({ env: 'WABUS_CONNECTOR_PORT', description: 'Port on which health and metrics are served; 0 picks a free port.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 8081;

  @Setting({ env: 'WABUS_LOG_LEVEL', description: 'Lowest level of log lines that are written.', kind: 'text' })
  @IsIn(LOG_LEVELS)
  logLevel: LogLevel = 'info';

  @Setting({
    env: 'WABUS_CREDENTIALS_EXPORT',
    description:
      'Whether tokens with the scope control may export the credentials and keys of a stopped session. Anyone who has these can act as the linked device.'
  })
  @IsBoolean()
  credentialsExport: boolean = false;

  @Setting({
    env: 'WABUS_AUTH_KEY_FILE',
    description:
      'File with the key that encrypts credentials. If the file does not exist, the connector creates it with a new key, readable only by its owner.',
    kind: 'file'
  })
  @IsString()
  authKeyFile: string = '.wabus/auth-key';

  @Setting({
    env: 'WABUS_PROXY_URL',
    secret: true,
    description:
      'Proxy for the connections of this connector to WhatsApp: `http://`, `https://` or `socks5://`, with user and password if needed. Applies to sessions without their own proxy.'
  })
  @IsOptional()
  @IsProxyAddress()
  proxyUrl?: string;

  @Setting({
    env: 'WABUS_FFMPEG',
    description:
      'The ffmpeg that converts files for `convert: true`: `auto` searches the program folders, `off` converts nothing, and any other value is the path of the program. Needs `prlimit`.'
  })
  @Matches(/^(auto|off|\/.+)$/, { message: '$property must be auto, off or the path to ffmpeg' })
  ffmpeg: string = 'auto';

  @EgressAllow()
  egressAllow: string[] = [];

  @Setting({
    env: 'WABUS_EVENT_BUFFER_BYTES',
    description: 'Memory for events that wait for NATS. When it is full, the connector pauses reading from WhatsApp.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(MEBIBYTE)
  eventBufferBytes: number = 64 * MEBIBYTE;

  @Setting({
    env: 'WABUS_INBOX_JOURNAL',
    description:
      'Whether decrypted messages are stored until they are published. If `false`, a crash loses messages: use `false` for measurements only.'
  })
  @IsBoolean()
  inboxJournal: boolean = true;

  @Setting({
    env: 'WABUS_OWNERSHIP_TIMING',
    description:
      'How soon a silent connector counts as dead. `cluster` waits longer, because the leaders of a NATS cluster can change. Use the same value for all connectors.'
  })
  @IsIn(['cluster', 'single-server'])
  ownershipTiming: string = 'cluster';

  @Setting({ env: 'WABUS_CONNECTOR_WEIGHT', description: 'Share of the sessions that this connector runs, relative to other connectors.' })
  @Min(0.01)
  @Max(100)
  weight: number = 1;

  @Setting({
    env: 'WABUS_TIMING_SCALE',
    description:
      'Factor for the timings of ownership. Below 1, failures are detected sooner, but more often by mistake. Use the same value for all connectors.'
  })
  @Min(0.01)
  @Max(100)
  timingScale: number = 1;

  @Setting({
    env: 'WABUS_WHATSAPP_VERSION',
    description:
      'Version of WhatsApp Web to present: `auto` looks up the newest version at start, daily and when WhatsApp refuses the current one. Three numbers, such as 2.3000.1043857760, pin a version without look-ups.'
  })
  @Matches(/^(auto|\d{1,9}\.\d{1,9}\.\d{1,12})$/, { message: 'must be auto, or three numbers separated by dots' })
  whatsappVersion: string = 'auto';

  @Setting({
    env: 'WABUS_ADDRESSING',
    description:
      'How direct messages are addressed: `auto` follows what WhatsApp reports for each account; `lid` and `pn` force LIDs or numbers. The setting `addressing` of a session takes precedence.',
    kind: 'text'
  })
  @IsIn(ADDRESSINGS)
  addressing: Addressing = 'auto';

  @Setting({
    env: 'WABUS_SYNC_FULL_HISTORY',
    description: 'Whether Wabus requests the whole history from a newly linked phone, not only the recent part.'
  })
  @IsBoolean()
  syncFullHistory: boolean = false;

  @Setting({
    env: 'WABUS_QR_ROUNDS',
    description: 'How many rounds of QR codes an unlinked session shows. A round has six codes and lasts nearly three minutes.'
  })
  @IsInt()
  @Min(1)
  qrRounds: number = 10;

  @Setting({
    env: 'WABUS_QR_TIMEOUT_MS',
    description: 'How long each QR code is shown; if unset, 60 s for the first and 20 s for the others.',
    unit: 'ms'
  })
  @IsOptional()
  @IsInt()
  @Min(100)
  qrTimeoutMs?: number;

  @Setting({
    env: 'WABUS_PASSKEY_STEP_MS',
    description: 'How long the phone, or the person who compares codes, may take for one step of a passkey link.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  passkeyStepMs: number = 120_000;

  @Setting({
    env: 'WABUS_KEEP_ALIVE_MS',
    description: 'How often the connection to WhatsApp is checked with a ping.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  keepAliveMs: number = 30_000;

  @Setting({
    env: 'WABUS_SILENCE_LIMIT_MS',
    description: 'How long a connection may receive no data, not even a response to a ping, before it is replaced.',
    unit: 'ms',
    defaultText: 'twice WABUS_KEEP_ALIVE_MS plus 5,000'
  })
  @IsOptional()
  @IsInt()
  @Min(500)
  silenceLimitMs?: number;

  @Setting({
    env: 'WABUS_CONNECT_LIMIT_MS',
    description: 'How long a new connection may take to log in or to show a QR code.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  connectLimitMs: number = 90_000;

  @Setting({
    env: 'WABUS_BACKLOG_LIMIT_MS',
    description:
      'How long WhatsApp may take after a login to deliver the messages that it kept. After that, the connection is replaced once.',
    unit: 'ms'
  })
  @IsInt()
  @Min(500)
  backlogLimitMs: number = 120_000;

  @Setting({
    env: 'WABUS_RECONNECT_BASE_MS',
    description:
      'Maximum wait before the first reconnection attempt; the maximum doubles with each failure. It is 60 times as long while WhatsApp refuses the version of the client.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1)
  reconnectBaseMs: number = 1_000;

  @Setting({
    env: 'WABUS_RECONNECT_CAP_MS',
    description: 'Maximum wait between attempts to connect. It is 60 times as long while WhatsApp refuses the version of the client.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1)
  reconnectCapMs: number = 60_000;

  @Setting({
    env: 'WABUS_STABLE_OPEN_MS',
    description: 'How long a connection must stay open to count as stable. After the next failure, the waits are short again.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  stableOpenMs: number = 60_000;

  @Setting({
    env: 'WABUS_STATUS_INTERVAL_MS',
    description: 'Minimum time between writes of the status of a session when only its counters change.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  statusIntervalMs: number = 10_000;

  @Setting({
    env: 'WABUS_SENT_MESSAGE_TTL_MS',
    description: 'How long a sent message is kept, encrypted, for recipients that could not read it and request it again.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  sentMessageTtlMs: number = 72 * HOUR_MS;

  @Setting({
    env: 'WABUS_RESENDS_PER_CHAT',
    description:
      'How many messages a session resends in one chat within the window to devices that could not read them. After a pause, it may resend twice as many at once; the limit for all chats together is six times as high. A higher value can get the account locked.'
  })
  @IsInt()
  @Min(1)
  resendsPerChat: number = 10;

  @Setting({
    env: 'WABUS_RESEND_WINDOW_MS',
    description: 'Length of the window for `WABUS_RESENDS_PER_CHAT`.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  resendWindowMs: number = 60_000;

  @Setting({
    env: 'WABUS_NEW_CHATS_PER_DAY',
    description:
      'How many new people a session may write to within 24 hours; 0 for no limit. New people have never written to the account and were never written to. WhatsApp restricts accounts that write to many of them.'
  })
  @IsInt()
  @Min(0)
  @Max(100_000)
  newChatsPerDay: number = 20;

  @Setting({
    env: 'WABUS_SEND_WHILE_RESTRICTED',
    description:
      'Whether messages are sent although WhatsApp has restricted the account and would refuse them. Each attempt counts against the account.'
  })
  @IsBoolean()
  sendWhileRestricted: boolean = false;

  @Setting({
    env: 'WABUS_NUMBER_LOOKUPS_PER_HOUR',
    description:
      'How many phone numbers and LIDs a session may look up per hour. Answers are cached. Recipients of a status post are always looked up, and count against the next hour.'
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  numberLookupsPerHour: number = 500;

  @Setting({
    env: 'WABUS_RESTRICTION_CHECK_MS',
    description: 'How often the connector asks WhatsApp whether an account is restricted and how many new chats it may start.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  restrictionCheckMs: number = HOUR_MS;

  @Setting({
    env: 'WABUS_IDEMPOTENCY_TTL_MS',
    description: 'How long the reply to a command with an idempotency key is stored. A repetition within this time gets the same reply.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  idempotencyTtlMs: number = 24 * HOUR_MS;

  @Setting({
    env: 'WABUS_SIMULATOR_URL',
    description: 'WebSocket URL of a WhatsApp simulator on this machine, to use instead of WhatsApp.'
  })
  @IsOptional()
  @IsSimulatorUrl()
  simulatorUrl?: string;

  @Setting({
    env: 'WABUS_SIMULATOR_ROOT_KEY',
    description: "Public root key of the simulator's certificate chain, in base64; the simulator prints it."
  })
  @IsOptional()
  @IsSimulatorUrl()
  simulatorRootKey?: string;
}

/** Generates an id that is unique per process, so that a restarted connector is not taken for the one that died. */
function inventConnectorId(): string {
  const host =
    hostname()
      .replace(/[^A-Za-z0-9_-]/g, '-')
      .slice(0, 40) || 'connector';
  return `${host}-${process.pid}-${randomBytes(3).toString('hex')}`;
}

/**
 * Validates both simulator settings together, with the message of `parseSimulatorOption`.
 * For the key, it checks only that there is a URL, so that one fault is reported once.
 */
export function IsSimulatorUrl(): PropertyDecorator {
  const fault = (args: ValidationArguments | undefined): string | null => {
    const config: { simulatorUrl?: string; simulatorRootKey?: string } | undefined = args?.object;
    if (args?.property === 'simulatorRootKey' && config?.simulatorUrl) return null;
    try {
      parseSimulatorOption(config?.simulatorUrl, config?.simulatorRootKey);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return ValidateBy({
    name: 'isSimulatorUrl',
    validator: { validate: (_value, args) => fault(args) === null, defaultMessage: buildMessage((_each, args) => fault(args) ?? '') }
  });
}
