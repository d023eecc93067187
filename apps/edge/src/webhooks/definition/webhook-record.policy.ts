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

/** A webhook as it is kept, secrets included: never show it, see `viewOf`. */
export interface WebhookRecord {
  readonly id: string;
  /** The only session whose events it receives; `null` for a webhook of the whole installation. */
  readonly session: SessionId | null;
  readonly url: string;
  /** Names and patterns. */
  readonly events: readonly string[];
  /** `null` for all. */
  readonly sessions: readonly SessionId[] | null;
  /** In the form of `parseChat`; `null` for events about any chat and about none, missing in records of older releases. */
  readonly chats?: readonly string[] | null;
  readonly secret: string;
  /** The one before it: deliveries are signed with both for a while. */
  readonly previousSecret?: { readonly secret: string; readonly until: string } | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly bulk: { readonly maxEvents: number; readonly maxWaitMs: number } | null;
  /** Missing in records of older releases, which had an order for each session. */
  readonly order?: WebhookOrder;
  /** Missing for our own. */
  readonly format?: WebhookFormatName;
  /** Of the form `cloud-api`. */
  readonly appSecret?: string;
  readonly verifyToken?: string | null;
  readonly extras?: readonly CloudExtra[];
  /** What the form lets it choose; its key is a secret. */
  readonly formatOptions?: PeerFormatOptions | null;
  /** `null` or missing for the setting of the installation. */
  readonly timeoutMs?: number | null;
  readonly paused: PauseReason | null;
  readonly description: string | null;
  /** Where it began. The generation grows each time `since` moves it. */
  readonly start: { readonly cursor: Cursor; readonly generation: number };
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Missing in records of older releases. */
  readonly creator?: Creator;
  /** Who directed events elsewhere last; missing while that is its creator. */
  readonly editor?: Creator;
}

/** What the forms of other gateways let a webhook choose. */
export interface PeerFormatOptions {
  /** In the words of the gateway; missing for all. */
  readonly events?: readonly string[];
  readonly hmacKey?: string;
  readonly byEvents?: boolean;
}

/** A record with the revision of its key. */
export interface StoredWebhook {
  readonly record: WebhookRecord;
  readonly revision: number;
}

/** The record in the value of a `webhook.<id>` key, `null` if it is not one. */
export function decodeWebhook(value: Uint8Array): WebhookRecord | null {
  const record = decodeJsonRecord<Partial<WebhookRecord>>(value);
  const valid =
    isWebhookId(record?.id) && typeof record.url === 'string' && typeof record.secret === 'string' && Array.isArray(record.events);
  return valid && typeof record.start?.cursor === 'string' ? (record as WebhookRecord) : null;
}

const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';
/** After a change of the secret. */
const BOTH_SECRETS_MS = 24 * 3_600_000;

/** What surrounds an edit. */
export interface Circumstances {
  readonly now: Date;
  /** Whose request it is. */
  readonly by: Creator;
  /** The position that `since` means, when the request has one; of a new webhook the end of the log otherwise. */
  readonly start?: Cursor;
}

/** A new record with a secret of its own unless one was given. `session` restricts it. Throws `INVALID_ARGUMENTS`. */
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

/** The record that a request asks for. Throws `INVALID_ARGUMENTS` when it names sessions outside the webhook's own. */
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

/** The fields among these that a request has. */
function given<K extends keyof UpdateWebhookRequest>(
  request: UpdateWebhookRequest,
  fields: readonly K[]
): Partial<Pick<UpdateWebhookRequest, K>> {
  return Object.fromEntries(fields.filter(name => request[name] !== undefined).map(name => [name, request[name]])) as Partial<
    Pick<UpdateWebhookRequest, K>
  >;
}

/** The secrets to sign with, the newest first. */
export function secretsOf({ secret, previousSecret }: WebhookRecord, now: Date): string[] {
  const isBoth = previousSecret != null && Date.parse(previousSecret.until) > now.getTime();
  return isBoth ? [secret, previousSecret.secret] : [secret];
}

function secretPart(record: WebhookRecord, request: UpdateWebhookRequest, now: Date): Pick<WebhookRecord, 'secret' | 'previousSecret'> {
  const { secret: before, previousSecret = null } = record;
  // A missing one may be `null` too.
  const secret = request.secret == null ? before : normalSecret(request.secret);
  if (secret === before) return { secret, previousSecret };
  return { secret, previousSecret: { secret: before, until: new Date(now.getTime() + BOTH_SECRETS_MS).toISOString() } };
}

/** With its padding, which libraries for other languages insist on. */
function normalSecret(secret: string): string {
  return `${SECRET_PREFIX}${Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64').toString('base64')}`;
}

/** The record of a webhook that another token takes over: those behind it so far no longer count. */
export function adoptedWebhook({ editor: _editor, ...record }: WebhookRecord, by: Creator): WebhookRecord {
  return { ...record, creator: by };
}

/** Whether a request says what goes where: whoever does so answers for it. */
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

/** What keeps its order in the deliveries of a webhook. */
export const orderOf = ({ order }: WebhookRecord): WebhookOrder => order ?? 'session';

/** What it carries besides in the form `cloud-api`. */
export const extrasOf = ({ extras }: WebhookRecord): readonly CloudExtra[] => extras ?? ['echoes'];

/** In which form it gets its events. */
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

/** The events that a webhook receives; `undefined` for all, also those of later versions. */
export function eventsOf({ events }: WebhookRecord): EventName[] | undefined {
  if (events.includes(EVERY_EVENT)) return undefined;
  return [...new Set(events.flatMap(pattern => eventsOfPattern(pattern)))];
}

/** Returns a predicate for the events that a webhook receives. `chats`: those of the webhook, under every jid by which they are known. */
export function matcherOf(record: WebhookRecord, chats: ReadonlySet<string> | null): (event: LoggedEvent) => boolean {
  const events = eventsOf(record);
  const names = events && new Set(events);
  const sessions = record.sessions && new Set(record.sessions);
  return event => {
    const { event: name, session } = event.facts;
    return (names?.has(name) ?? true) && (sessions?.has(session) ?? true) && isAboutChat(chats, event);
  };
}
