import type { SessionStatus } from '../sessions/session-status.js';

/** A QR code to scan with the phone that is to be linked. */
export interface QrIssued {
  /** The text inside the QR code. */
  qr: string;
  /** How long it is valid, from `at`. */
  ttlMs: number;
  /** 1 for the first QR code of this attempt to link. */
  attempt: number;
  /** ISO time. */
  at: string;
}

/** A pairing code to type on the phone: "Link with phone number instead". */
export interface PairingCodeIssued {
  /** Eight characters, without a dash. */
  code: string;
  at: string;
}

/** The redacted form of `creds.update`: which top-level credential fields changed. Keys never leave the connector. */
export interface CredentialsChanged {
  changed: string[];
}

/** Events that Wabus adds to those of Baileys. */
export interface OwnEventMap {
  'auth.qr': QrIssued;
  'auth.pairing-code': PairingCodeIssued;
  'session.status': SessionStatus;
}
