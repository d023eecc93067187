import type { Addressing, ProxyAddress } from '@wabus/contracts';
import type { ProxyGuard } from './connecting/proxy-tunnel.js';
import type { SimulatorOption } from './connecting/simulator.policy.js';
import type { ReachSettings } from './reach/reach.js';
import type { ResendTerms } from './resending/resend.limiter.js';

/** How all sockets of this process behave. */
export interface EngineSettings {
  /** Connect to this simulator in place of WhatsApp. */
  readonly simulator: SimulatorOption | null;
  /** The proxy of all sessions that have none of their own. */
  readonly proxy: ProxyAddress | null;
  /** Judges the proxies that sessions name. */
  readonly proxyGuard: ProxyGuard;
  /** Ask the phone for the whole history, not only for the recent part. */
  readonly syncFullHistory: boolean;
  /** How long each QR code is shown; 60 s for the first and 20 s for the others when `null`. */
  readonly qrTimeoutMs: number | null;
  readonly keepAliveMs: number;
  /** How long nothing at all may come from WhatsApp over a connection that is complete. Longer than `keepAliveMs`, since the answers to our pings are often all that comes. */
  readonly silenceLimitMs: number;
  /** How long there may be neither QR code nor login. */
  readonly watchdogMs: number;
  /** How long after a login the backlog may take to end. */
  readonly backlogLimitMs: number;
  /** How much is sent again to receivers that could not read it. */
  readonly resends: ResendTerms;
  /** How long a signed pre-key serves; 27 days when missing. */
  readonly signedPreKeyMaxAgeMs?: number;
  /** How long a sent message is kept for receivers that ask for it again. */
  readonly sentMessageTtlMs: number;
  /** By what direct messages are addressed. */
  readonly addressing: Addressing;
  /** Who may be written to. */
  readonly reach: ReachSettings;
  /** Numbers and LIDs that a session may look up in an hour. */
  readonly numberLookupsPerHour: number;
}
