import type { Addressing, ProxyAddress } from '@wabus/contracts';
import type { ProxyGuard } from './connecting/proxy-tunnel.js';
import type { SimulatorOption } from './connecting/simulator.policy.js';
import type { ReachSettings } from './reach/reach.js';
import type { ResendTerms } from './resending/resend.limiter.js';

/** The settings that all sockets of this process share. */
export interface EngineSettings {
  /** The simulator to connect to instead of WhatsApp. */
  readonly simulator: SimulatorOption | null;
  /** The proxy of all sessions that have no proxy of their own. */
  readonly proxy: ProxyAddress | null;
  /** Checks the proxies that sessions specify. */
  readonly proxyGuard: ProxyGuard;
  /** Whether to request the whole history from the phone, not only the recent part. */
  readonly syncFullHistory: boolean;
  /** How long each QR code is shown; if `null`, 60 s for the first one and 20 s for the others. */
  readonly qrTimeoutMs: number | null;
  readonly keepAliveMs: number;
  /** The longest silence of WhatsApp on an established connection. Longer than `keepAliveMs`, since often only the answers to our pings arrive. */
  readonly silenceLimitMs: number;
  /** The time limit for the first QR code or the login. */
  readonly watchdogMs: number;
  /** The time limit for the backlog after a login. */
  readonly backlogLimitMs: number;
  /** The limits on resending messages to receivers that could not read them. */
  readonly resends: ResendTerms;
  /** The maximum age of a signed pre-key; 27 days if missing. */
  readonly signedPreKeyMaxAgeMs?: number;
  /** How long a sent message is stored for receivers that request it again. */
  readonly sentMessageTtlMs: number;
  /** The kind of jid to which direct messages are sent. */
  readonly addressing: Addressing;
  /** The rules about which people sessions may write to. */
  readonly reach: ReachSettings;
  /** The number of phone numbers and LIDs that a session may look up in an hour. */
  readonly numberLookupsPerHour: number;
}
