import { LOG_LEVELS, Setting, type LogLevel, type ProcessSettings } from '@wabus/runtime';
import { ArrayNotEmpty, IsBoolean, IsIn, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { WebhookConfig } from './webhook.config.js';

const MEBIBYTE = 1024 * 1024;

export const TRANSPORTS = ['polling', 'websocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** The settings of an edge. */
export class EdgeConfig extends WebhookConfig implements ProcessSettings {
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
}
