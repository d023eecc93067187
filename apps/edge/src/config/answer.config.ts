import { Setting, isNetwork } from '@wabus/runtime';
import { IsBoolean, IsIn, IsInt, Max, Min, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { WebhookConfig } from './webhook.config.js';

const CLOUD_TEMPLATE_POLICIES = ['refuse', 'text'] as const;
export type CloudTemplatePolicy = (typeof CLOUD_TEMPLATE_POLICIES)[number];

@ValidatorConstraint({ name: 'address or network' })
export class NetworkConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isNetwork(value);
  }

  defaultMessage(): string {
    return 'must be addresses or networks such as 10.0.0.0/8';
  }
}

/** The settings of HTTP responses: how many may be in progress, and how slowly clients may read them. */
export abstract class AnswerConfig extends WebhookConfig {
  @Setting({
    env: 'WABUS_EDGE_MAX_STREAMS_PER_TOKEN',
    description: 'Maximum number of event streams over HTTP that one token can have open at this edge.'
  })
  @IsInt()
  @Min(1)
  maxStreamsPerToken: number = 100;

  @Setting({ env: 'WABUS_EDGE_MAX_STREAMS', description: 'Maximum number of event streams over HTTP that are open at this edge.' })
  @IsInt()
  @Min(1)
  maxStreams: number = 1_000;

  @Setting({
    env: 'WABUS_EDGE_MAX_SEARCHES_PER_TOKEN',
    description:
      'Maximum number of lists and searches of the read models, and pages of past events, that one token can have in progress at this edge at the same time.'
  })
  @IsInt()
  @Min(1)
  maxSearchesPerToken: number = 32;

  @Setting({
    env: 'WABUS_EDGE_MAX_SEARCHES',
    description: 'Maximum number of lists, searches and pages in progress at this edge at the same time. Each takes up to 4 MiB of memory.'
  })
  @IsInt()
  @Min(1)
  maxSearches: number = 128;

  @Setting({
    env: 'WABUS_EDGE_MAX_MCP_MESSAGES_PER_TOKEN',
    description:
      'Maximum number of messages from MCP clients, such as tool calls, that one token can have in progress at this edge at the same time.'
  })
  @IsInt()
  @Min(1)
  maxMcpMessagesPerToken: number = 32;

  @Setting({
    env: 'WABUS_EDGE_MAX_MCP_MESSAGES',
    description: 'Maximum number of messages from MCP clients in progress at this edge at the same time.'
  })
  @IsInt()
  @Min(1)
  maxMcpMessages: number = 256;

  @Setting({
    env: 'WABUS_EDGE_KEEP_ALIVE_MS',
    description: 'How often the edge sends a keep-alive on an idle stream of Server-Sent Events.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  @Max(600_000)
  keepAliveMs: number = 15_000;

  @Setting({
    env: 'WABUS_EDGE_ANSWER_STALL_MS',
    description: 'How long a client may stop reading an HTTP response or stream before its connection is closed.',
    unit: 'ms'
  })
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  answerStallMs: number = 60_000;

  @Setting({
    env: 'WABUS_CLOUD_API',
    description:
      "Whether programs written for Meta's WhatsApp Cloud API are served: their calls at /v<number>.<number>, and webhooks of the format `cloud-api`. Use the same value for all edges."
  })
  @IsBoolean()
  cloudApi: boolean = false;

  @Setting({
    env: 'WABUS_CLOUD_API_TEMPLATES',
    description:
      'What to do with templates, which a linked device does not have: `refuse` them, or send only the `text` of their parameters, because only Meta knows the rest of the text.',
    kind: 'text'
  })
  @IsIn(CLOUD_TEMPLATE_POLICIES)
  cloudApiTemplates: CloudTemplatePolicy = 'refuse';
}
