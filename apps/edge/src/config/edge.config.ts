import { BrokerConfig } from '@wabus/broker';
import { LOG_LEVELS, Setting, type LogLevel, type ProcessSettings } from '@wabus/runtime';
import { ArrayNotEmpty, IsBoolean, IsIn, IsInt, IsString, Matches, Max, Min } from 'class-validator';

const MEBIBYTE = 1024 * 1024;

export const TRANSPORTS = ['polling', 'websocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The settings of an edge. */
export class EdgeConfig extends BrokerConfig implements ProcessSettings {
  @Setting({ env: 'WABUS_EDGE_HOST', description: 'Address to listen on; 0.0.0.0 for every one of this machine.' })
  @IsString()
  host: string = '127.0.0.1';

  @Setting({ env: 'WABUS_EDGE_PORT', description: 'Port for Socket.IO and HTTP; 0 takes a free one.' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  @Setting({
    env: 'WABUS_ACCESS_TOKEN_FILE',
    description: 'File with the access tokens of clients, one per line: <token> [sessions=<id>,…] [scopes=<scope>,…].',
    kind: 'file'
  })
  @IsString()
  accessTokenFile!: string;

  @Setting({ env: 'WABUS_LOG_LEVEL', description: 'Least severe level that is logged.', kind: 'text' })
  @IsIn(LOG_LEVELS)
  logLevel: LogLevel = 'info';

  @Setting({
    env: 'WABUS_EDGE_TRANSPORTS',
    description: 'Transports of Socket.IO; websocket alone behind a load balancer without sticky sessions.'
  })
  @ArrayNotEmpty()
  @IsIn(TRANSPORTS, { each: true })
  transports: string[] = [...TRANSPORTS];

  @Setting({
    env: 'WABUS_EDGE_MAX_PAYLOAD_BYTES',
    description: 'Largest HTTP body and Socket.IO message that a client may send.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(1_024)
  maxPayloadBytes: number = MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CORS_ORIGINS',
    description: 'Origins, separated by commas, whose web pages may use this edge; none unless set.'
  })
  @Matches(/^https?:\/\/[^/*]+$/, { each: true, message: 'must be origins such as https://example.org' })
  corsOrigins: string[] = [];

  @Setting({ env: 'WABUS_EDGE_OPEN_METRICS', description: 'Whether /metrics answers without a token.' })
  @IsBoolean()
  openMetrics: boolean = false;

  @Setting({
    env: 'WABUS_EDGE_WINDOW_EVENTS',
    description: 'Newest events kept in memory, from which most clients that come back are served; older ones come from the log.'
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  windowEvents: number = 10_000;

  @Setting({ env: 'WABUS_EDGE_WINDOW_BYTES', description: 'Memory that the newest events may take.', unit: 'bytes' })
  @IsInt()
  @Min(0)
  windowBytes: number = 64 * MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CLIENT_BUFFER_BYTES',
    description:
      'What may wait for a Socket.IO client that does not keep up; beyond it the client gets its events from the log, at its own pace.',
    unit: 'bytes'
  })
  @IsInt()
  @Min(16 * 1_024)
  @Max(64 * MEBIBYTE)
  clientBufferBytes: number = MEBIBYTE;

  @Setting({
    env: 'WABUS_EDGE_CLIENT_STALL_MS',
    description: 'How long a Socket.IO client that is behind may read nothing before it is disconnected with SLOW_CONSUMER and its cursor.',
    unit: 'ms'
  })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  clientStallMs: number = 15_000;

  @Setting({ env: 'WABUS_EDGE_MAX_CONNECTIONS_PER_TOKEN', description: 'Socket.IO connections that one token may have to this edge.' })
  @IsInt()
  @Min(1)
  maxConnectionsPerToken: number = 10_000;

  @Setting({
    env: 'WABUS_EDGE_MAX_SUBSCRIPTIONS',
    description: 'Different lists of sessions and chats that one Socket.IO connection may subscribe to.'
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxSubscriptionsPerConnection: number = 64;

  @Setting({ env: 'WABUS_EDGE_MAX_STREAMS_PER_TOKEN', description: 'Event streams over HTTP that one token may have open at this edge.' })
  @IsInt()
  @Min(1)
  maxStreamsPerToken: number = 100;

  @Setting({
    env: 'WABUS_EDGE_KEEP_ALIVE_MS',
    description: 'How often a stream of Server-Sent Events without news says that it is still there.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  keepAliveMs: number = 15_000;
}
