import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidateIf,
  ValidatorConstraint,
  type ValidatorConstraintInterface
} from 'class-validator';
import { IsNested } from '../fields/request-fields.js';
import { parseChat } from '../ids/identity.js';
import { SESSION_ID_PATTERN } from '../ids/ids.js';
import { isEventPattern } from '../events/event-catalog.js';
import { eventProposal } from '../events/unknown-event.policy.js';
import type { WebhookOrder } from './webhook-view.js';
import { CLOUD_EXTRAS, headerFault, WEBHOOK_FORMATS, type CloudExtra, type WebhookFormatName } from './webhook-wire.js';

/** In one error. */
const MAX_PROPOSALS = 5;

@ValidatorConstraint({ name: 'isEventPattern' })
class EventPatternConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isEventPattern(value);
  }

  defaultMessage({ value }: { value: unknown } = { value: null }): string {
    const names: unknown[] = Array.isArray(value) ? value.filter(name => !isEventPattern(name)).slice(0, MAX_PROPOSALS) : [value];
    const proposals = names.map(name => (typeof name === 'string' ? eventProposal(name) : '')).join('');
    return `each value in $property must be the name of an event, a family such as "messages.*", or "*"${proposals && `.${proposals.slice(0, -1)}`}`;
  }
}

@ValidatorConstraint({ name: 'isChat' })
class ChatConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseChat(value) !== null;
  }

  defaultMessage(): string {
    return 'each value in $property must be a jid, a LID or a phone number';
  }
}

@ValidatorConstraint({ name: 'isHeaders' })
class HeadersConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return headersFault(value) === null;
  }

  defaultMessage({ value }: { value: unknown } = { value: null }): string {
    return `$property ${headersFault(value) ?? 'is wrong'}`;
  }
}

const MAX_HEADERS = 20;

function headersFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object of names and strings';
  const entries = Object.entries(value);
  if (entries.length > MAX_HEADERS) return `must not have more than ${MAX_HEADERS} headers`;
  for (const [name, content] of entries) {
    const fault = headerFault(name, content);
    if (fault !== null) return fault;
  }
  return null;
}

function IsEventPatterns(): PropertyDecorator {
  const decorators = [IsArray(), ArrayNotEmpty(), ArrayMaxSize(100), ArrayUnique(), Validate(EventPatternConstraint, { each: true })];
  return (target, property) => decorators.forEach(decorate => decorate(target, property));
}

/** Several events in one request. */
export class BulkRequest {
  /** Most events in one request. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  maxEvents!: number;

  /** How long the first event waits for others, in ms. */
  @IsInt()
  @Min(0)
  @Max(60_000)
  maxWaitMs!: number;
}

/** What the forms `waha` and `evolution` let a webhook choose. */
export class PeerFormatRequest {
  /** Names of events in the words of the other gateway; everything that it gets from the events of the webhook if missing. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @Matches(/^[A-Za-z0-9_.*-]{1,64}$/, {
    each: true,
    message: 'each value in $property must be the name of an event that the other gateway defines'
  })
  events?: string[];

  /** With `waha`: the key of the header `X-Webhook-Hmac`. It is stored like the secret and never returned. */
  @IsOptional()
  @IsString()
  @Length(1, 512)
  hmacKey?: string;

  /** With `evolution`: each event goes to an address of its own, below that of the webhook. */
  @IsOptional()
  @IsBoolean()
  byEvents?: boolean;
}

class WebhookFields {
  /** The sessions; if missing or `null`, all, including those created later. A webhook of one session cannot change it. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1_000)
  @ArrayUnique()
  @Matches(SESSION_ID_PATTERN, {
    each: true,
    message: 'each value in $property must be a session id: 1 to 64 characters from A-Z a-z 0-9 _ -'
  })
  sessions?: string[] | null;

  /**
   * Only events about these chats, by jid, LID or phone number, also those that name the other jid of a person. Events about no chat are left out then. All events when it is missing or
   * `null`.
   */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(256)
  @ArrayUnique()
  @Validate(ChatConstraint, { each: true })
  chats?: string[] | null;

  /** `whsec_` and the base64 of 24 to 64 bytes, as in Standard Webhooks. */
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, { message: '$property must be whsec_ followed by 24 to 64 bytes in base64' })
  secret?: string;

  /** Sent along with every request; they are stored like the secret and never returned. */
  @IsOptional()
  @Validate(HeadersConstraint)
  headers?: Record<string, string>;

  /** Several events in one request; `null` ends that. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsNested(() => BulkRequest)
  bulk?: BulkRequest | null;

  /**
   * What keeps its order: each `chat` (default), each `session`, or `none`. Otherwise deliveries run in parallel: a slow or refused one delays only its chat. Has no meaning in
   * bulk mode, where all events form one line.
   */
  @IsOptional()
  @IsIn(['chat', 'session', 'none'])
  order?: WebhookOrder;

  /** How long one attempt may take, in ms; `null` for WABUS_WEBHOOK_TIMEOUT_MS. Answer first and work afterwards if you can: an attempt that takes longer is repeated. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(1_000)
  @Max(120_000)
  timeoutMs?: number | null;

  /**
   * Starts, or starts again, in the past: after a cursor, or at a time (ISO text with a zone). Events from there on are delivered, even if they were delivered
   * before.
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  since?: string;

  /** While it is true, nothing is delivered. After that, all events that the log still has are delivered. */
  @IsOptional()
  @IsBoolean()
  paused?: boolean;

  /** In which form events are sent: `wabus` (default), or that of another program, where the edge serves it. */
  @IsOptional()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormatName;

  /** Only for the format `cloud-api`, which needs it: signs the body for `X-Hub-Signature-256`. It is stored like the secret and never returned. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: '$property must be 1 to 128 ASCII characters without spaces' })
  appSecret?: string;

  /** Only for the format `cloud-api`: what the endpoint expects as `hub.verify_token`; `null` for an endpoint that is not asked. Never returned. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 256)
  verifyToken?: string | null;

  /**
   * Only for the format `cloud-api`: what it carries beside messages and statuses. `echoes` (default): messages typed on a phone; `groups`; `edits`: edits and revocations.
   */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(CLOUD_EXTRAS, { each: true })
  extras?: CloudExtra[];

  /** What the forms `waha` and `evolution` let a webhook choose; `null` for nothing. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsNested(() => PeerFormatRequest)
  formatOptions?: PeerFormatRequest | null;

  /** A note for people. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  description?: string;
}

/** A new webhook. Without `since` it starts with the next event; without `secret` it gets one. */
export class CreateWebhookRequest extends WebhookFields {
  /** Where events are POSTed. */
  @IsString()
  @MaxLength(2_048)
  url!: string;

  /** Names of events; `*` stands for all and a name may end in `.*`. */
  @IsEventPatterns()
  events!: string[];
}

/** What may be changed of a webhook. A missing field stays as it is. */
export class UpdateWebhookRequest extends WebhookFields {
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @MaxLength(2_048)
  url?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsEventPatterns()
  events?: string[];

  /** `true`: from now on it belongs to the token of this request, and no longer depends on previous ones. */
  @IsOptional()
  @IsBoolean()
  takeOver?: boolean;
}

/** The dead letters to deliver again; all of them if `letters` is missing. */
export class RedriveRequest {
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1_000)
  @Matches(/^\d{1,15}$/, { each: true, message: 'each value in $property must be the id of a dead letter' })
  @Type(() => String)
  letters?: string[];
}
