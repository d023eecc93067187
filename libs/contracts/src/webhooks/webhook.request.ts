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

/** The limit for one error message. */
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

/** The limits for requests with several events. */
export class BulkRequest {
  /** The maximum number of events in one request. */
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

/** The options of the formats `waha` and `evolution`. */
export class PeerFormatRequest {
  /** The names of events as the other gateway calls them. If missing, all events that the format derives from the events of the webhook. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @Matches(/^[A-Za-z0-9_.*-]{1,64}$/, {
    each: true,
    message: 'each value in $property must be the name of an event that the other gateway defines'
  })
  events?: string[];

  /** For `waha`: the key for the header `X-Webhook-Hmac`. It is stored like the secret and never returned. */
  @IsOptional()
  @IsString()
  @Length(1, 512)
  hmacKey?: string;

  /** For `evolution`: whether each event is sent to a separate URL below that of the webhook. */
  @IsOptional()
  @IsBoolean()
  byEvents?: boolean;
}

class WebhookFields {
  /** The sessions. If missing or `null`, all sessions, including those created later. A webhook of one session cannot change it. */
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
   * Only events about these chats, given by jid, LID or phone number; events with the other jid of the same person match too. Events about no chat are not
   * delivered in this case. All events if it is missing or `null`.
   */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(256)
  @ArrayUnique()
  @Validate(ChatConstraint, { each: true })
  chats?: string[] | null;

  /** The secret: `whsec_` and the base64 of 24 to 64 bytes, as in Standard Webhooks. */
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, { message: '$property must be whsec_ followed by 24 to 64 bytes in base64' })
  secret?: string;

  /** Headers to send with every request. They are stored like the secret and never returned. */
  @IsOptional()
  @Validate(HeadersConstraint)
  headers?: Record<string, string>;

  /** Delivers several events in one request; `null` ends that. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsNested(() => BulkRequest)
  bulk?: BulkRequest | null;

  /**
   * The unit whose events are delivered in order: `chat` (default), `session` or `none`. Different units are delivered in parallel, so a slow or refused
   * delivery delays only its own unit. It has no effect in bulk mode, where all events share one lane.
   */
  @IsOptional()
  @IsIn(['chat', 'session', 'none'])
  order?: WebhookOrder;

  /**
   * How long one attempt may take, in ms; `null` for WABUS_WEBHOOK_TIMEOUT_MS. If possible, answer first and then process the event: an attempt that takes
   * longer is repeated.
   */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(1_000)
  @Max(120_000)
  timeoutMs?: number | null;

  /**
   * The position in the past at which deliveries start or restart: a cursor, or a time (ISO text with a time zone). All later events are delivered, even if
   * they were delivered before.
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  since?: string;

  /** Whether deliveries are paused. After the pause, all events that the log still has are delivered. */
  @IsOptional()
  @IsBoolean()
  paused?: boolean;

  /** The format of the deliveries: `wabus` (default), or that of another program if the edge supports it. */
  @IsOptional()
  @IsIn(WEBHOOK_FORMATS)
  format?: WebhookFormatName;

  /**
   * The app secret, which signs the body for `X-Hub-Signature-256`. It is only for the format `cloud-api`, which requires it. It is stored like the secret and
   * never returned.
   */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: '$property must be 1 to 128 ASCII characters without spaces' })
  appSecret?: string;

  /** The `hub.verify_token` that the endpoint expects; `null` if the endpoint must not be verified. Only for the format `cloud-api`. It is never returned. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsString()
  @Length(1, 256)
  verifyToken?: string | null;

  /** Additional content: `echoes` (default) for messages typed on a phone, `groups`, and `edits` for edits and revocations. Only for the format `cloud-api`. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(CLOUD_EXTRAS, { each: true })
  extras?: CloudExtra[];

  /** The options of the formats `waha` and `evolution`; `null` for none. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsNested(() => PeerFormatRequest)
  formatOptions?: PeerFormatRequest | null;

  /** A note for people. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  description?: string;
}

/** A new webhook. Without `since`, it starts with the next event; without `secret`, Wabus generates one. */
export class CreateWebhookRequest extends WebhookFields {
  /** The URL to which events are sent in POST requests. */
  @IsString()
  @MaxLength(2_048)
  url!: string;

  /** The names of events. `*` stands for all events, and a name may end in `.*`. */
  @IsEventPatterns()
  events!: string[];
}

/** The fields of a webhook to change. Missing fields stay unchanged. */
export class UpdateWebhookRequest extends WebhookFields {
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @MaxLength(2_048)
  url?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsEventPatterns()
  events?: string[];

  /** `true` binds the webhook to the token of this request, so that it no longer depends on a previous token. */
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
