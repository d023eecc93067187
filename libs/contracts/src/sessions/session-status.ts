import type { SessionId } from '../ids/ids.js';
import type { PasskeyGlimpse, PasskeyLinks, PasskeyRecord } from './passkey.js';

/**
 * Where a session is in its life:
 * `stopped` (no socket wanted) → `starting` (an owner has it) → `connecting` → `pairing` (waiting for a QR scan or pairing code) → `open`;
 * `waiting` before the next attempt to connect; `logged-out` (start it again for a new QR code); `failed` (an operator must act, see `lastDisconnect`).
 */
export const SESSION_STATES = ['stopped', 'starting', 'connecting', 'pairing', 'open', 'waiting', 'logged-out', 'failed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** A stanza of WhatsApp that it counts as not acknowledged. */
export interface UnacknowledgedStanza {
  /** Its tag, such as `status` for a status post. */
  class: string;
  id: string;
}

export interface LastDisconnect {
  /** WhatsApp's or Baileys' status code, such as 515. */
  code: number | null;
  /** Our name for the reason, such as `restart-required`. */
  reason: string;
  /** What the reason means and what to do, for people. */
  message: string;
  at: string;
  willReconnect: boolean;
  /** ISO time of the next attempt; `null` if none is planned. */
  nextAttemptAt: string | null;
  /** WhatsApp's answer to a refused login; missing if there was none. */
  refusal?: LoginRefusal;
  /** If WhatsApp unlinked this device while the account was restricted: when the restriction ends; `null` if that is unknown. Missing if no restriction was known. */
  restrictedUntil?: string | null;
  /** Only for the reason `unacknowledged-stanza`. */
  unacknowledged?: UnacknowledgedStanza;
}

/** Why WhatsApp bans an account temporarily. */
export const BAN_CAUSES = ['too-many-people', 'blocked-by-many', 'too-many-groups', 'same-message', 'broadcast-list'] as const;
export type BanCause = (typeof BAN_CAUSES)[number];

/** What a `<failure>` of WhatsApp says, as it came where nothing else is said; fields that it lacks are `null`. */
export interface LoginRefusal {
  /** Where in the service the login was refused, such as `vll` for a lock. */
  location: string | null;
  /** Why the account is banned temporarily; `null` for any other refusal, and for unknown causes. */
  cause: BanCause | null;
  /** When a temporary ban ends, ISO time. */
  until: string | null;
  message: string | null;
  url: string | null;
  /** For people: headline and text that the official client shows. */
  header: string | null;
  text: string | null;
  /** WhatsApp's number of the violated rule. */
  violation: string | null;
}

/** A token to request a review of a locked account. */
export interface AccountAppeal {
  token: string;
  /** When WhatsApp sent the token, as an ISO time. It sends a token only once. */
  at: string;
}

/** WhatsApp does not let the account write to people whose token it does not have. */
export interface AccountRestriction {
  /** WhatsApp's name of the restriction, such as `RESTRICT_ALL_COMPANIONS` or `WEB_COMPANION_ONLY`. */
  kind: string;
  /** When the restriction ends, as an ISO time; `null` if WhatsApp did not report it. */
  until: string | null;
}

/** How many new chats WhatsApp lets the account start. Unknown values are `null`. */
export interface NewChatQuota {
  total: number | null;
  used: number | null;
  /** `NONE`, `FIRST_WARNING`, `SECOND_WARNING` or `CAPPED`. */
  state: string;
  /** When the next cycle begins, as an ISO time. */
  cycleEnd: string | null;
}

/** The account a session is linked to. */
export interface LinkedAccount {
  /** Jid of the phone number. */
  id: string;
  lid: string | null;
  name: string | null;
  /** The phone's platform, as WhatsApp reports it. */
  platform: string | null;
}

/**
 * Totals over the lifetime of a session, passed from owner to owner. The last seconds before a crash may be missing: use them for dashboards, not
 * for accounting.
 */
export interface SessionCounters {
  /** Events stored in the log. */
  eventsPublished: number;
  /** Messages from others that could be read. */
  messagesIn: number;
  /** Messages sent by command and confirmed by WhatsApp. */
  messagesOut: number;
  /** Connections that reached `open`. */
  opens: number;
  /** Connections that ended on their own and were followed by an attempt. */
  reconnects: number;
  /** How often `reconnectLoopSince` was set. */
  reconnectLoops: number;
}

/** The observed state of a session, written by its owner; the payload of `session.status`. */
export interface SessionStatus {
  session: SessionId;
  state: SessionState;
  /** The connector that owns the session; `null` if none does. */
  connector: string | null;
  /** The epoch under which the owner wrote the status. */
  epoch: number;
  account: LinkedAccount | null;
  lastDisconnect: LastDisconnect | null;
  /** How many connections in a row ended before they were stable; 0 again once a connection has stayed open for a while. */
  failures: number;
  /** Since when the session counts as looping because many connections failed in a row (ISO time); `null` again once a connection has stayed open for a while. */
  reconnectLoopSince: string | null;
  /** When the last frame arrived from WhatsApp, as an ISO time; it lags a few seconds while the state does not change. */
  lastInboundAt: string | null;
  /** The version of WhatsApp Web that its last connection presented, such as `2.3000.1043857760`; `null` before the first. */
  clientVersion: string | null;
  /** When WhatsApp will refuse that version, as announced (ISO time); `null` without an announcement, and after WhatsApp withdrew it. */
  clientExpiresAt: string | null;
  /**
   * When the last readable message from somebody else arrived. ISO time, as current as `lastInboundAt`; missing in records of older connectors.
   * If it is old in a busy account while `lastInboundAt` is recent, WhatsApp may be holding messages back.
   */
  lastMessageAt?: string | null;
  /**
   * When the session last held back resends that devices requested, because too many get an account locked. ISO time, to the minute; `null` if never.
   * Missing in records of older connectors.
   */
  resendsHeldBackAt?: string | null;
  /** The restriction on writing to new people, as WhatsApp last reported it; `null` if there is none. It ends at `until`. Missing in records of older connectors. */
  restriction?: AccountRestriction | null;
  /** The quota for new chats as WhatsApp last reported it; a change of `used` alone emits no event. `null` if WhatsApp has not reported it. Missing in records of older connectors. */
  newChats?: NewChatQuota | null;
  /** As old as `lastInboundAt`. */
  counters: SessionCounters;
  /** When the credentials that `restoreSession` can restore were saved, as ISO times, newest first. */
  snapshots: readonly string[];
  /** A passkey link that is in progress or has just failed. Callers without `control` and `session.status` see only its stage. */
  passkey: PasskeyRecord | PasskeyGlimpse | null;
  /** Only if the account is locked, and for callers with `control`; never in `session.status`. */
  appeal?: AccountAppeal | null;
  updatedAt: string;
}

/** What the status of a session says before anything was observed. */
export const NOTHING_OBSERVED = {
  account: null,
  lastDisconnect: null,
  failures: 0,
  reconnectLoopSince: null,
  lastInboundAt: null,
  clientVersion: null,
  clientExpiresAt: null,
  lastMessageAt: null,
  resendsHeldBackAt: null,
  restriction: null,
  newChats: null,
  counters: { eventsPublished: 0, messagesIn: 0, messagesOut: 0, opens: 0, reconnects: 0, reconnectLoops: 0 },
  snapshots: [],
  passkey: null
} as const satisfies Partial<SessionStatus>;

/** The status record: what the registry holds beyond the event. Whoever may control the session may read the codes. */
export interface SessionStatusRecord extends SessionStatus {
  qr: { text: string; attempt: number; issuedAt: string; expiresAt: string } | null;
  pairingCode: { code: string; issuedAt: string } | null;
  passkey: PasskeyRecord | null;
  /** The one-time addresses of the last passkey link. Missing in records of older connectors. */
  passkeyLinks?: PasskeyLinks | null;
  /** `updatedAt` of the record that this status answers, so that the next owner knows whether the operator has said anything since. */
  recordAt: string | null;
}
