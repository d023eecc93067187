import type { LoginRefusal, UnacknowledgedStanza } from '@wabus/contracts';
import type { NetworkFailure } from './connecting/network-failure.mapper.js';

/** The description of a reason why a connection to WhatsApp ended. */
export interface DisconnectRow {
  /** The meaning of the reason and what to do, as text for people. */
  readonly meaning: string;
}

const row = (meaning: string): DisconnectRow => ({ meaning });

/**
 * The closed list of reasons why a connection to WhatsApp ended. The code alone is ambiguous: two reasons share the code 408, and 500 is the default in three
 * situations.
 */
export const DISCONNECT_REASONS = {
  'logged-out': row(
    'WhatsApp unlinked this device: the account removed it, or it was logged out here. Start the session again and scan a new QR code.'
  ),
  'restart-required': row('WhatsApp requested a new connection, as it does right after linking. Wabus reconnects at once.'),
  replaced: row(
    'Another connection with the same credentials took over. If no other connector owns this session, its credentials are in use elsewhere: stop that program.'
  ),
  'qr-expired': row('No phone scanned the QR codes in time. Start the session again for new ones.'),
  'passkey-ended': row('The passkey link failed or was canceled. A new QR code follows.'),
  'connection-lost': row('WhatsApp was silent for too long. A new attempt follows.'),
  'timed-out': row('WhatsApp did not answer in time. A new attempt follows.'),
  unreachable: row("WhatsApp's servers cannot be reached: check the network and name resolution. A new attempt follows."),
  'proxy-failed': row(
    'The proxy could not be reached, refused the user or the password, or did not reach WhatsApp. Nothing was sent without the proxy. Check the proxy of the session, or WABUS_PROXY_URL. A new attempt follows.'
  ),
  'connection-closed': row('The connection was closed. A new attempt follows.'),
  'http-refused': row('The WebSocket was refused with an HTTP status, by WhatsApp or by a proxy in between. A new attempt follows.'),
  unavailable: row("WhatsApp's service is unavailable at the moment. A new attempt follows."),
  'unacknowledged-stanza': row(
    'WhatsApp ended the connection because it considers a stanza unacknowledged; `unacknowledged` names the stanza. A new attempt follows. If this happens again, report its class.'
  ),
  'backlog-stalled': row('WhatsApp did not deliver all messages that it kept while the session was offline. One new attempt follows.'),
  'protocol-error': row('WhatsApp ended the connection with an error without a code. A new attempt follows.'),
  'connection-failed': row('The connection failed for an unknown reason; see the code. A new attempt follows.'),
  'rate-limited': row(
    'WhatsApp refuses the login because there were too many logins. A new attempt follows in a few minutes; restarting the session makes it worse.'
  ),
  'temporarily-banned': row(
    'WhatsApp has banned the account temporarily. The next attempt follows when the ban ends; an earlier one may prolong it.'
  ),
  forbidden: row('WhatsApp has locked the account. Open WhatsApp on the phone and ask for a review, then start the session again.'),
  banned: row('WhatsApp has banned the account. Open WhatsApp on the phone to appeal. Start the session again only after that.'),
  'client-refused': row(
    'WhatsApp refuses this kind of client or device. Change the browser identity of the session or update Wabus, then start the session again.'
  ),
  'client-outdated': row(
    'WhatsApp no longer accepts this version of its client. Wabus looks for a newer one before each attempt, unless a setting pins the version.'
  ),
  'device-mismatch': row('WhatsApp says that this account does not match a linked device. Log the session out and link it again.'),
  'bad-session': row(
    'WhatsApp says that the session data is not valid. Start the session again. If this happens again, log the session out and link it again.'
  ),
  'server-not-trusted': row(
    'The server could not prove that it is WhatsApp: its certificate chain is not signed by the known root. Check the network for interception.'
  ),
  'credentials-unreadable': row(
    'The stored credentials of the session cannot be read or written. The log of the connector shows the cause.'
  )
} as const satisfies Record<string, DisconnectRow>;

export type DisconnectReasonName = keyof typeof DISCONNECT_REASONS;

/** The reason why a connection ended, with its details. */
export interface SocketClosed {
  readonly reason: DisconnectReasonName;
  /** The code of WhatsApp or Baileys, or the HTTP status; `null` if there was none. */
  readonly code: number | null;
  /** The host that was not reached, and the cause; only for `unreachable` and `timed-out`. */
  readonly network?: NetworkFailure;
  /** The details that WhatsApp sent when it refused the login. */
  readonly refusal?: LoginRefusal;
  /** The token with which a person can ask WhatsApp to review a lock. A secret. */
  readonly appealToken?: string;
  /** The stanza that WhatsApp considers unacknowledged; only for `unacknowledged-stanza`. */
  readonly unacknowledged?: UnacknowledgedStanza;
}
