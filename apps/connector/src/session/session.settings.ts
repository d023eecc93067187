import type { PasskeyTimes } from '../whatsapp/linking/passkey.exchange.js';
import type { ReconnectTiming } from './reconnect.policy.js';

/** How all sessions of this process behave. */
export interface SessionSettings {
  /** How long the steps of a link by passkey may take. */
  readonly passkeyTimes: PasskeyTimes;
  /** The id of this connector. */
  readonly connector: string;
  readonly reconnect: ReconnectTiming;
  /** A connection that was open for so long ends a series of failures. */
  readonly stableOpenMs: number;
  /** How often the status is written at most when only counters have changed. */
  readonly statusIntervalMs: number;
  /** How often the QR codes of an unlinked session may run out before it halts. */
  readonly maxQrRounds: number;
  /** How long unlinking may take before the credentials are forgotten without WhatsApp's knowledge. */
  readonly unlinkLimitMs: number;
}
