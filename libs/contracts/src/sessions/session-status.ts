import type { SessionId } from '../ids/ids.js';
import type { PasskeyGlimpse, PasskeyLinks, PasskeyRecord } from './passkey.js';

/**
 * The states of a session: `stopped` (no socket is desired) → `starting` (a connector owns it) → `connecting` → `pairing` (waiting for a QR scan or a pairing
 * code) → `open`. `waiting`: until the next attempt to connect. `logged-out`: start the session again for a new QR code. `failed`: an operator must act, see
 * `lastDisconnect`.
 */
export const SESSION_STATES = ['stopped', 'starting', 'connecting', 'pairing', 'open', 'waiting', 'logged-out', 'failed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** A stanza that WhatsApp considers not acknowledged. */
export interface UnacknowledgedStanza {
  /** The tag of the stanza, such as `status` for a status post. */
  class: string;
  id: string;
}

export interface LastDisconnect {
  /** The status code from WhatsApp or Baileys, such as 515. */
  code: number | null;
  /** The reason as Wabus names it, such as `restart-required`. */
  reason: string;
  /** What the reason means and what to do, for people. */
  message: string;
  at: string;
  willReconnect: boolean;
  /** When the next attempt begins, as an ISO time; `null` if none is planned. */
  nextAttemptAt: string | null;
  /** WhatsApp's answer to a refused login; missing if there was none. */
  refusal?: LoginRefusal;
  /**
   * When the restriction ends, if WhatsApp unlinked this device while the account was restricted; `null` if the end is unknown. Missing if no restriction was
   * known.
   */
  restrictedUntil?: string | null;
  /** Only for the reason `unacknowledged-stanza`. */
  unacknowledged?: UnacknowledgedStanza;
}

/** The causes of a temporary ban by WhatsApp. */
export const BAN_CAUSES = ['too-many-people', 'blocked-by-many', 'too-many-groups', 'same-message', 'broadcast-list'] as const;
export type BanCause = (typeof BAN_CAUSES)[number];

/** WhatsApp's answer to a refused login, the content of a `<failure>`. Fields that WhatsApp did not send are `null`. */
export interface LoginRefusal {
  /** Where in its service WhatsApp refused the login, such as `vll` for a lock. */
  location: string | null;
  /** The cause of a temporary ban; `null` for any other refusal and for an unknown cause. */
  cause: BanCause | null;
  /** When a temporary ban ends, as an ISO time. */
  until: string | null;
  message: string | null;
  url: string | null;
  /** The headline and the text that the official client shows, for people. */
  header: string | null;
  text: string | null;
  /** WhatsApp's number for the violated rule. */
  violation: string | null;
}

/** A token to request a review of a locked account. */
export interface AccountAppeal {
  token: string;
  /** When WhatsApp sent the token, as an ISO time. It sends a token only once. */
  at: string;
}

/** A restriction by WhatsApp: the account cannot write to people whose token it does not have. */
export interface AccountRestriction {
  /** The name of the restriction in WhatsApp, such as `RESTRICT_ALL_COMPANIONS` or `WEB_COMPANION_ONLY`. */
  kind: string;
  /** When the restriction ends, as an ISO time; `null` if WhatsApp did not report it. */
  until: string | null;
}

/** The number of new chats that WhatsApp permits the account to start. Unknown values are `null`. */
export interface NewChatQuota {
  total: number | null;
  used: number | null;
  /** `NONE`, `FIRST_WARNING`, `SECOND_WARNING` or `CAPPED`. */
  state: string;
  /** When the next cycle begins, as an ISO time. */
  cycleEnd: string | null;
}

/** The account to which a session is linked. */
export interface LinkedAccount {
  /** The jid of the phone number. */
  id: string;
  lid: string | null;
  name: string | null;
  /** The platform of the phone, as WhatsApp reports it. */
  platform: string | null;
}

/**
 * Totals over the lifetime of a session, which each owner passes to the next. They may miss the last seconds before a crash: use them for dashboards, not for
 * accounting.
 */
export interface SessionCounters {
  /** The number of events stored in the log. */
  eventsPublished: number;
  /** The number of messages from others that could be decrypted. */
  messagesIn: number;
  /** The number of messages sent by command and confirmed by WhatsApp. */
  messagesOut: number;
  /** The number of connections that reached `open`. */
  opens: number;
  /** The number of connections that ended without a request and were followed by another attempt. */
  reconnects: number;
  /** The number of times that `reconnectLoopSince` was set. */
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
  /** The number of consecutive connections that ended before they were stable. It is 0 again once a connection has stayed open for a while. */
  failures: number;
  /**
   * The ISO time since which the session counts as looping, because many connections failed in a row; `null` again once a connection has stayed open for a
   * while.
   */
  reconnectLoopSince: string | null;
  /** When the last frame from WhatsApp arrived, as an ISO time. It lags by a few seconds while the state does not change. */
  lastInboundAt: string | null;
  /** The version of WhatsApp Web that the last connection presented, such as `2.3000.1043857760`; `null` before the first connection. */
  clientVersion: string | null;
  /**
   * When WhatsApp will refuse that version according to its announcement, as an ISO time; `null` without an announcement, and after WhatsApp has withdrawn it.
   */
  clientExpiresAt: string | null;
  /**
   * When the last readable message from somebody else arrived, as an ISO time that is as current as `lastInboundAt`. If it is old in a busy account while
   * `lastInboundAt` is recent, WhatsApp may be holding messages back. Missing in records of older connectors.
   */
  lastMessageAt?: string | null;
  /**
   * When the session last withheld resends that devices requested, because too many resends get an account locked. ISO time, to the minute; `null` if never.
   * Missing in records of older connectors.
   */
  resendsHeldBackAt?: string | null;
  /**
   * The restriction on writing to new people, as WhatsApp last reported it; `null` if there is none. It ends at `until`. Missing in records of older
   * connectors.
   */
  restriction?: AccountRestriction | null;
  /**
   * The quota for new chats as WhatsApp last reported it; `null` if it has not reported one. A change of `used` alone emits no event. Missing in records of
   * older connectors.
   */
  newChats?: NewChatQuota | null;
  /** The totals, as current as `lastInboundAt`. */
  counters: SessionCounters;
  /** When the credentials that `restoreSession` can restore were saved, as ISO times, newest first. */
  snapshots: readonly string[];
  /** A passkey link that is in progress or has just failed. Callers without the scope `control`, and `session.status`, see only its stage. */
  passkey: PasskeyRecord | PasskeyGlimpse | null;
  /** Present only if the account is locked and the caller has the scope `control`; never in `session.status`. */
  appeal?: AccountAppeal | null;
  updatedAt: string;
}

/** The fields of a status before anything was observed. */
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

/** The status record in the registry, which contains more than the event. Only callers with the scope `control` may read its codes. */
export interface SessionStatusRecord extends SessionStatus {
  qr: { text: string; attempt: number; issuedAt: string; expiresAt: string } | null;
  pairingCode: { code: string; issuedAt: string } | null;
  passkey: PasskeyRecord | null;
  /** The one-time URLs of the last passkey link. Missing in records of older connectors. */
  passkeyLinks?: PasskeyLinks | null;
  /** The `updatedAt` of the record to which this status responds, so that the next owner can tell whether the operator has made a change since then. */
  recordAt: string | null;
}
