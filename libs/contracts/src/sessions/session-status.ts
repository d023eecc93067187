import type { SessionId } from '../ids/session-id.js';

/**
 * Where a session is in its life:
 * `stopped` (no socket wanted) → `starting` (an owner has it) → `connecting` → `pairing` (waiting for a QR scan or pairing code) → `open`;
 * `waiting` before the next attempt to connect; `logged-out` (start it again for a new QR code); `failed` (an operator must act, see `lastDisconnect`).
 */
export const SESSION_STATES = ['stopped', 'starting', 'connecting', 'pairing', 'open', 'waiting', 'logged-out', 'failed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

export interface LastDisconnect {
  /** WhatsApp's or Baileys' status code, such as 515. */
  code: number | null;
  /** Our name of the reason, such as `restart-required`. */
  reason: string;
  /** What it means and what to do, for people. */
  message: string;
  at: string;
  willReconnect: boolean;
  /** ISO time of the next attempt, `null` when there is none planned. */
  nextAttemptAt: string | null;
}

/** The account a session is linked to. */
export interface LinkedAccount {
  /** Jid of the phone number. */
  id: string;
  lid: string | null;
  name: string | null;
  /** The phone's platform, as WhatsApp tells it. */
  platform: string | null;
}

/** The observed state of a session, written by its owner; the payload of `session.status`. */
export interface SessionStatus {
  session: SessionId;
  state: SessionState;
  /** The connector that owns it, `null` when none does. */
  connector: string | null;
  /** Epoch under which the owner wrote this. */
  epoch: number;
  account: LinkedAccount | null;
  lastDisconnect: LastDisconnect | null;
  updatedAt: string;
}

/** The status record: what the registry holds beyond the event. Whoever may control the session may read the codes. */
export interface SessionStatusRecord extends SessionStatus {
  qr: { text: string; attempt: number; issuedAt: string; expiresAt: string } | null;
  pairingCode: { code: string; issuedAt: string } | null;
}
