import { randomBytes } from 'node:crypto';
import type { LoggedEvent } from '@wabus/broker';
import {
  EVERY_EVENT,
  WabusError,
  decodeJsonRecord,
  eventsOfPattern,
  isAboutChat,
  isSessionId,
  isWebhookId,
  parseChat,
  type CloudExtra,
  type CreateWebhookRequest,
  type Cursor,
  type EventName,
  type PauseReason,
  type SessionId,
  type UpdateWebhookRequest,
  type WebhookFormatName,
  type WebhookOrder
} from '@wabus/contracts';
import type { Creator } from '../../auth/creator.policy.js';

/** A webhook as stored, including its secrets. Never return it to a client; use `webhookViewOf` instead. */
export interface WebhookRecord {
  readonly id: string;
  /** The only session whose events the webhook receives, or `null` for a webhook of the whole installation. */
  readonly session: SessionId | null;
  readonly url: string;
  /** Event names and patterns. */
  readonly events: readonly string[];
  /** `null` for all sessions. */
  readonly sessions: readonly SessionId[] | null;
  /** Chats in the form that `parseChat` returns. `null` for all events, whether about a chat or not. Missing in records of older releases. */
  readonly chats?: readonly string[] | null;
  readonly secret: string;
  /** The previous secret. Deliveries are signed with both secrets until `until`. */
  readonly previousSecret?: { readonly secret: string; readonly until: string } | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly bulk: { readonly maxEvents: number; readonly maxWaitMs: number } | null;
  /** Missing in records of older releases, which kept the order of each session. */
  readonly order?: WebhookOrder;
  /** Missing for the format of Wabus. */
  readonly format?: WebhookFormatName;
  /** For the format `cloud-api` only, as are the next two fields. */
  readonly appSecret?: string;
  readonly verifyToken?: string | null;
  readonly extras?: readonly CloudExtra[];
  /** The options of the format. Its HMAC key is a secret. */
  readonly formatOptions?: PeerFormatOptions | null;
  /** `null` or missing for the default of the installation. */
  readonly timeoutMs?: number | null;
  readonly paused: PauseReason | null;
  readonly description: string | null;
  /** The position at which the webhook starts. `generation` increases each time `since` moves it. */
  readonly start: { readonly cursor: Cursor; readonly generation: number };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Missing in records of older releases. */
  readonly creator?: Creator;
  /** The token that last changed the target, if it is not the creator's. */
  readonly editor?: Creator;
}

/** The options that the formats of other gateways offer. */
export interface PeerFormatOptions {
  /** Event names of the other gateway; missing for all events. */
  readonly events?: readonly string[];
  readonly hmacKey?: string;
  readonly byEvents?: boolean;
}

/** A record with the revision of its key. */
export interface StoredWebhook {
  readonly record: WebhookRecord;
  readonly revision: number;
}

/** Decodes the value of a `webhook.<id>` key. Returns `null` if it is not a valid record. */
export function decodeWebhook(value: Uint8Array): WebhookRecord | null {
  const record = decodeJsonRecord<Partial<WebhookRecord>>(value);
  const valid =
    isWebhookId(record?.id) && typeof record.url === 'string' && typeof record.secret === 'string' && Array.isArray(record.events);
  return valid && typeof record.start?.cursor === 'string' ? (record as WebhookRecord) : null;
}

const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';
/** How long both secrets sign deliveries after the secret changes. */
const BOTH_SECRETS_MS = 24 * 3_600_000;

/** The context of a change to a webhook. */
export interface Circumstances {
  readonly now: Date;
  /** The creator on whose behalf the request is made. */
  readonly by: Creator;
  /** The position that `since` stands for. Without `since`, a new webhook starts at the end of the log, and an existing one keeps its position. */
  readonly start?: Cursor;
}

/**
 * Returns a new record, with a generated secret unless the request contains one. `session` restricts the webhook to one session. Throws `INVALID_ARGUMENTS`.
 */
export function newWebhook(
  request: CreateWebhookRequest,
  session: SessionId | null,
  { now, by, start }: Required<Circumstances>
): WebhookRecord {
  const at = now.toISOString();
  const blank: WebhookRecord = {
    id: `wh_${randomBytes(16).toString('base64url')}`,
    session,
    url: request.url,
    events: request.events,
    sessions: session === null ? null : [session],
    chats: null,
    secret: normalSecret(request.secret ?? `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`),
    headers: {},
    bulk: null,
    order: 'chat',
    paused: null,
    description: null,
    start: { cursor: start, generation: 0 },
    createdAt: at,
    updatedAt: at,
    creator: by
  };
  return { ...editWebhook(blank, request, { now, by }), start: { cursor: start, generation: 1 } };
}

/** Returns the record that results from a request. Throws `INVALID_ARGUMENTS` if the request names sessions outside the webhook's own. */
export function editWebhook(record: WebhookRecord, request: UpdateWebhookRequest, { now, by, start }: Circumstances): WebhookRecord {
  return {
    ...record,
    ...(directs(request) && by.id !== record.creator?.id ? { editor: by } : {}),
    url: request.url ?? record.url,
    events: request.events ?? record.events,
    sessions: sessionsOf(record, request),
    chats: request.chats === undefined ? record.chats : request.chats && [...new Set(request.chats.flatMap(chat => parseChat(chat) ?? []))],
    ...secretPart(record, request, now),
    headers: request.headers === undefined ? record.headers : { ...request.headers },
    bulk:
      request.bulk === undefined ? record.bulk : request.bulk && { maxEvents: request.bulk.maxEvents, maxWaitMs: request.bulk.maxWaitMs },
    ...(request.order === undefined ? {} : { order: request.order }),
    ...given(request, ['format', 'appSecret', 'verifyToken', 'extras']),
    ...(request.formatOptions === undefined ? {} : { formatOptions: request.formatOptions && { ...request.formatOptions } }),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    paused: request.paused === undefined ? record.paused : request.paused ? (record.paused ?? 'requested') : null,
    description: request.description ?? record.description,
    start: start === undefined ? record.start : { cursor: start, generation: record.start.generation + 1 },
    updatedAt: now.toISOString()
  };
}

/** Returns the fields of `fields` that the request contains. */
function given<K extends keyof UpdateWebhookRequest>(
  request: UpdateWebhookRequest,
  fields: readonly K[]
): Partial<Pick<UpdateWebhookRequest, K>> {
  return Object.fromEntries(fields.filter(name => request[name] !== undefined).map(name => [name, request[name]])) as Partial<
    Pick<UpdateWebhookRequest, K>
  >;
}

/** Returns the secrets to sign with, newest first. */
export function secretsOf({ secret, previousSecret }: WebhookRecord, now: Date): string[] {
  const isBoth = previousSecret != null && Date.parse(previousSecret.until) > now.getTime();
  return isBoth ? [secret, previousSecret.secret] : [secret];
}

function secretPart(record: WebhookRecord, request: UpdateWebhookRequest, now: Date): Pick<WebhookRecord, 'secret' | 'previousSecret'> {
  const { secret: before, previousSecret = null } = record;
  // A missing secret can also be `null`.
  const secret = request.secret == null ? before : normalSecret(request.secret);
  if (secret === before) return { secret, previousSecret };
  return { secret, previousSecret: { secret: before, until: new Date(now.getTime() + BOTH_SECRETS_MS).toISOString() } };
}

/** Restores the base64 padding, because libraries for other languages require it. */
function normalSecret(secret: string): string {
  return `${SECRET_PREFIX}${Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64').toString('base64')}`;
}

/** Returns the record of a webhook that another token takes over. The previous creator and editor no longer count. */
export function adoptedWebhook({ editor: _editor, ...record }: WebhookRecord, by: Creator): WebhookRecord {
  return { ...record, creator: by };
}

/** Returns whether a request changes which events go where. The token that makes such a change becomes responsible for the webhook. */
function directs({
  url,
  events,
  sessions,
  chats,
  headers,
  secret,
  since,
  format,
  appSecret,
  formatOptions
}: UpdateWebhookRequest): boolean {
  return [url, events, sessions, chats, headers, secret, since, format, appSecret, formatOptions].some(field => field !== undefined);
}

/** The scope within which a webhook keeps the order of events. */
export const orderOf = ({ order }: WebhookRecord): WebhookOrder => order ?? 'session';

/** The additional events of the format `cloud-api`. */
export const extrasOf = ({ extras }: WebhookRecord): readonly CloudExtra[] => extras ?? ['echoes'];

/** The format in which a webhook receives events. */
export const webhookFormatOf = ({ format }: WebhookRecord): WebhookFormatName => format ?? 'wabus';

export function pausedWebhook(record: WebhookRecord, reason: PauseReason, now: Date): WebhookRecord {
  return { ...record, paused: reason, updatedAt: now.toISOString() };
}

function sessionsOf(record: WebhookRecord, { sessions }: UpdateWebhookRequest): WebhookRecord['sessions'] {
  if (sessions === undefined) return record.sessions;
  const { session } = record;
  if (session === null) return sessions === null ? null : sessions.filter(isSessionId);
  if (sessions?.length === 1 && sessions[0] === session) return record.sessions;
  const what = `sessions must be left out: the webhook belongs to session "${session}"`;
  throw new WabusError('INVALID_ARGUMENTS', { message: `Argument sessions: ${what}.`, details: { fields: { sessions: [what] } } });
}

/** Returns the names of the events that a webhook receives, or `undefined` for all events, including those of later versions. */
export function eventsOf({ events }: WebhookRecord): EventName[] | undefined {
  if (events.includes(EVERY_EVENT)) return undefined;
  return [...new Set(events.flatMap(pattern => eventsOfPattern(pattern)))];
}

/**
 * Returns a predicate for the events that a webhook receives.
 * @param chats the webhook's chats, under every jid by which they are known
 */
export function matcherOf(record: WebhookRecord, chats: ReadonlySet<string> | null): (event: LoggedEvent) => boolean {
  const events = eventsOf(record);
  const names = events && new Set(events);
  const sessions = record.sessions && new Set(record.sessions);
  return event => {
    const { event: name, session } = event.facts;
    return (names?.has(name) ?? true) && (sessions?.has(session) ?? true) && isAboutChat(chats, event);
  };
}
