import { LOG_LEVELS, Setting, type LogLevel, type ProcessSettings } from '@wabus/runtime';
import {
  ArrayNotEmpty,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  Validate
} from 'class-validator';
import { TOKEN_GONE_POLICIES, type TokenGonePolicy } from '../auth/creators.js';
import { PEERS } from '../compat/compat.types.js';
import { AnswerConfig, NetworkConstraint } from './answer.config.js';

const MEBIBYTE = 1024 * 1024;

export const TRANSPORTS = ['polling', 'websocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The settings of an edge. */
export class EdgeConfig extends AnswerConfig implements ProcessSettings {
  @Setting({ env: 'WABUS_EDGE_HOST', description: 'Address to listen on; 0.0.0.0 for all addresses of this machine.' })
  @IsString()
  host: string = '127.0.0.1';

  @Setting({ env: 'WABUS_EDGE_PORT', description: 'Port for Socket.IO and HTTP; 0 picks a free port.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  @Setting({
    env: 'WABUS_ACCESS_TOKEN_FILE',
    description:
      'File with the access tokens of clients, one per line: <token> [sessions=<id>,…] [scopes=<scope>,…], or sha256:<hash> instead of a token. The edge reads the file again when it changes.',
    kind: 'file'
  })
  @IsString()
  accessTokenFile!: string;

  @Setting({ env: 'WABUS_ACCESS_TOKEN_POLL_MS', description: 'How often the token file is checked for changes.', unit: 'ms' })
  @IsInt()
  @Min(50)
  accessTokenPollMs: number = 2_000;

  @Setting({
    env: 'WABUS_EDGE_TOKEN_IN_QUERY',
    description:
      'Whether a token may be sent as the query parameter access_token, for clients that cannot set a header. Proxies may log it.'
  })
  @IsBoolean()
  tokenInQuery: boolean = false;

  @Setting({
    env: 'WABUS_EDGE_FAILURES_PER_MINUTE',
    description:
      'Maximum number of invalid tokens from one address per minute, and at once; 0 for no limit. All clients behind one proxy count as one address, unless WABUS_EDGE_TRUSTED_PROXIES names the proxy.'
  })
  @IsInt()
  @Min(0)
  failuresPerMinute: number = 60;

  @Setting({
    env: 'WABUS_EDGE_TRUSTED_PROXIES',
    description:
      'Addresses and networks (such as 10.0.0.0/8), separated by commas, of proxies whose header X-Forwarded-For names the address of the client; none unless set.'
  })
  @Validate(NetworkConstraint, { each: true })
  trustedProxies: string[] = [];

  @Setting({
    env: 'WABUS_JWT_SECRET',
    description: 'Secret of HS256 tokens, at least 32 characters. Without a secret, no HS256 tokens are accepted.',
    secret: true
  })
  @IsOptional()
  @IsString()
  @MinLength(32)
  jwtSecret?: string;

  @Setting({
    env: 'WABUS_JWT_JWKS_PATH',
    description:
      'File with the public keys (JWKS) of RS256 and ES256 tokens. The edge reads the file again every ten minutes, and when a token names an unknown key.',
    kind: 'file'
  })
  @IsOptional()
  @IsString()
  jwtJwksPath?: string;

  @Setting({ env: 'WABUS_JWT_JWKS_URL', description: 'An https address that serves the public keys (JWKS), instead of a file.' })
  @IsOptional()
  @Matches(/^https:\/\/[^/]+/, { message: 'must be an https address' })
  jwtJwksUrl?: string;

  @Setting({ env: 'WABUS_JWT_ISSUER', description: 'Required value of the claim iss of a JWT; any value unless set.' })
  @IsOptional()
  @IsString()
  jwtIssuer?: string;

  @Setting({ env: 'WABUS_JWT_AUDIENCE', description: 'Value that the claim aud of a JWT must equal or contain; any value unless set.' })
  @IsOptional()
  @IsString()
  jwtAudience?: string;

  @Setting({
    env: 'WABUS_JWT_SESSIONS_CLAIM',
    description: 'JWT claim that contains the sessions ("*", an id, or a list of ids); dots separate the names of nested claims.'
  })
  @IsString()
  jwtSessionsClaim: string = 'wabus.sessions';

  @Setting({
    env: 'WABUS_JWT_SCOPES_CLAIM',
    description: 'JWT claim that contains the scopes (a list, or a string separated by spaces); dots separate the names of nested claims.'
  })
  @IsString()
  jwtScopesClaim: string = 'wabus.scopes';

  @Setting({
    env: 'WABUS_WHEN_TOKEN_GOES',
    description:
      'What to do with the webhooks of a token that is revoked, has expired or no longer permits them: pause, keep or delete. `delete` also removes its durable subscriptions. Use the same value for all edges.',
    kind: 'text'
  })
  @IsIn(TOKEN_GONE_POLICIES)
  whenTokenGoes: TokenGonePolicy = 'pause';

  @Setting({
    env: 'WABUS_TOKEN_GONE_DELETE_AFTER_MS',
    description:
      'With WABUS_WHEN_TOKEN_GOES=delete: how long the token must be invalid before anything is deleted. Webhooks pause until then.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  tokenGoneDeleteAfterMs: number = 300_000;

  @Setting({
    env: 'WABUS_COMMANDS_PER_SECOND',
    description: 'Maximum number of commands that one token can send per second on average, on each edge; 0 for no limit.'
  })
  @IsNumber()
  @Min(0)
  commandsPerSecond: number = 50;

  @Setting({ env: 'WABUS_COMMANDS_BURST', description: 'Maximum number of commands from one token at once after a pause, per edge.' })
  @IsInt()
  @Min(1)
  commandsBurst: number = 200;

  @Setting({
    env: 'WABUS_SENDS_PER_SECOND',
    description: 'Average number of send commands per second that one session accepts on each edge, from all tokens; 0 for no limit.'
  })
  @IsNumber()
  @Min(0)
  sendsPerSecond: number = 10;

  @Setting({
    env: 'WABUS_SENDS_BURST',
    description: 'Maximum number of commands with the scope send that one session accepts at once after a pause, on each edge.'
  })
  @IsInt()
  @Min(1)
  sendsBurst: number = 100;

  @Setting({ env: 'WABUS_LOG_LEVEL', description: 'Lowest level of log lines that are written.', kind: 'text' })
  @IsIn(LOG_LEVELS)
  logLevel: LogLevel = 'info';

  @Setting({
    env: 'WABUS_EDGE_TRANSPORTS',
    description: 'Transports that Socket.IO uses. Use only websocket behind a load balancer without sticky sessions.'
  })
  @ArrayNotEmpty()
  @IsIn(TRANSPORTS, { each: true })
  transports: string[] = [...TRANSPORTS];

  @Setting({
    env: 'WABUS_EDGE_MAX_PAYLOAD_BYTES',
    description: 'Maximum size of an HTTP body or a Socket.IO message from a client.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(1_024)
  maxPayloadBytes: number = MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CORS_ORIGINS',
    description: 'Origins, separated by commas, whose web pages may use this edge; none unless set.'
  })
  @Matches(/^https?:\/\/[^/*]+$/, { each: true, message: 'must contain only origins such as https://example.org' })
  corsOrigins: string[] = [];

  @Setting({
    env: 'WABUS_COMPAT',
    description:
      'Other gateways whose API this edge serves, separated by commas: waha, evolution; none unless set. Use the same value for all edges.'
  })
  @IsIn(PEERS, { each: true, message: 'must be waha, evolution or both' })
  compat: string[] = [];

  @Setting({
    env: 'WABUS_COMPAT_URL',
    description:
      'Address at which programs written for other gateways reach this edge; file addresses in their webhooks begin with it. Unless set, localhost with the port of this edge.'
  })
  @IsOptional()
  @Matches(/^https?:\/\/[^?#]+$/, { message: 'must be an address such as https://wabus.example.org' })
  compatUrl?: string;

  @Setting({ env: 'WABUS_EDGE_MCP', description: 'Whether the edge serves MCP clients (assistants) at /api/mcp.' })
  @IsBoolean()
  mcp: boolean = true;

  @Setting({ env: 'WABUS_EDGE_CONSOLE', description: 'Whether the edge serves the console to browsers at /.' })
  @IsBoolean()
  console: boolean = true;

  @Setting({ env: 'WABUS_EDGE_OPEN_METRICS', description: 'Whether /metrics answers without a token.' })
  @IsBoolean()
  openMetrics: boolean = false;

  @Setting({
    env: 'WABUS_EDGE_WINDOW_EVENTS',
    description: 'Number of newest events that the edge keeps in memory for returning clients. Older events come from the log.'
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  windowEvents: number = 10_000;

  @Setting({ env: 'WABUS_EDGE_WINDOW_BYTES', description: 'Maximum memory for the newest events.', unit: 'bytes' })
  @IsInt()
  @Min(0)
  windowBytes: number = 64 * MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CLIENT_BUFFER_BYTES',
    description:
      'Maximum size of the data that waits for a Socket.IO client that cannot keep up. Beyond this limit, the client gets its events from the log, at its own pace.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(16 * 1_024)
  @Max(64 * MEBIBYTE)
  clientBufferBytes: number = 512 * 1_024;

  @Setting({
    env: 'WABUS_EDGE_BUFFER_BYTES',
    description:
      'Maximum size of the data that waits for all Socket.IO clients of this edge together. Near this limit, less data can wait for each client, but always at least 16 KiB.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(MEBIBYTE)
  bufferBytes: number = 24 * MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CLIENT_STALL_MS',
    description:
      'How long a Socket.IO client that has fallen behind may stop reading before it is disconnected with SLOW_CONSUMER and its cursor.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  clientStallMs: number = 15_000;

  @Setting({
    env: 'WABUS_EDGE_MAX_CONNECTIONS_PER_TOKEN',
    description: 'Maximum number of Socket.IO connections that one token can have to this edge at the same time.'
  })
  @IsInt()
  @Min(1)
  maxConnectionsPerToken: number = 10_000;

  @Setting({
    env: 'WABUS_EDGE_MAX_SUBSCRIPTIONS',
    description: 'Maximum number of different lists of sessions and chats to which one Socket.IO connection can subscribe.'
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxSubscriptionsPerConnection: number = 64;

  @Setting({
    env: 'WABUS_DURABLE_SUBSCRIPTION_LIMIT',
    description: 'Maximum number of durable subscriptions at the same time. Use the same value for all edges.'
  })
  @IsInt()
  @Min(0)
  @Max(10_000)
  maxDurableSubscriptions: number = 1_000;

  @Setting({
    env: 'WABUS_DURABLE_SUBSCRIPTION_LIMIT_PER_TOKEN',
    description: 'Maximum number of existing durable subscriptions that were created with one token. Use the same value for all edges.'
  })
  @IsInt()
  @Min(0)
  @Max(10_000)
  maxDurableSubscriptionsPerToken: number = 50;

  @Setting({
    env: 'WABUS_DURABLE_SUBSCRIPTIONS_PER_MINUTE',
    description: 'Maximum number of durable subscriptions that one token can create per minute, and at once, on each edge; 0 for no limit.'
  })
  @IsInt()
  @Min(0)
  durableSubscriptionsPerMinute: number = 60;

  @Setting({
    env: 'WABUS_MODELS_LEASE_MS',
    description: 'How long an edge may be silent before another edge takes over its read models. Use the same value for all edges.',
    unit: 'ms'
  })
  @IsInt()
  @Min(500)
  modelsLeaseMs: number = 5_000;

  @Setting({ env: 'WABUS_MODELS_MESSAGE_DAYS', description: 'How long messages are kept in the read models.', unit: 'd' })
  @IsInt()
  @Min(1)
  @Max(3_650)
  modelsMessageDays: number = 30;

  @Setting({
    env: 'WABUS_EDGE_CONNECTION_WAIT_MS',
    description: 'How long the connection API waits for a QR code, a login or a logout before it returns the current state.',
    unit: 'ms'
  })
  @IsInt()
  @Min(50)
  @Max(300_000)
  connectionWaitMs: number = 20_000;

  @Setting({
    env: 'WABUS_EDGE_MEDIA_FETCH_TIMEOUT_MS',
    description: 'How long the download of a file that a command names by its https address may take.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  mediaFetchTimeoutMs: number = 60_000;

  @Setting({
    env: 'WABUS_EDGE_MAX_MEDIA_TRANSFERS',
    description: 'Maximum number of uploads and downloads that this edge handles at the same time; each needs up to 3 MiB of memory.'
  })
  @IsInt()
  @Min(1)
  @Max(10_000)
  mediaMaxTransfers: number = 64;

  @Setting({
    env: 'WABUS_EDGE_MAX_MEDIA_TRANSFERS_PER_TOKEN',
    description: 'Maximum number of uploads and downloads that one token can have in progress at this edge at the same time.'
  })
  @IsInt()
  @Min(1)
  @Max(10_000)
  mediaMaxTransfersPerToken: number = 16;

  @Setting({
    env: 'WABUS_EDGE_MEDIA_MIN_BYTES_PER_SECOND',
    description:
      'Minimum speed of uploads and downloads, including downloads from an address; the edge ends slower ones. 0 for no minimum.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(0)
  mediaMinBytesPerSecond: number = 4_096;

  @Setting({
    env: 'WABUS_EDGE_MEDIA_STALL_MS',
    description: 'How long an upload or download of a file may stall before the edge ends it.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  mediaStallMs: number = 20_000;

  @Setting({
    env: 'WABUS_EDGE_MEDIA_TRANSFER_TIMEOUT_MS',
    description: 'How long an upload or a download may take in total.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  @Max(86_400_000)
  mediaTransferTimeoutMs: number = 3_600_000;
}
