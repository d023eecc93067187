/** The part of the simulator's control API that controls linking: refreshes, pairing codes, acknowledgements and passkeys. */

/**
 * Identifies a client that is not linked yet: by the id of its connection, by the QR text that it shows, or by the number for which it requested a pairing
 * code. Without any of them, the only waiting client.
 */
export interface UnlinkedClient {
  connection?: string;
  qr?: string;
  phoneNumber?: string;
}

/** The child of a `companion_reg_refresh` notification; `none` omits it. */
export type RefreshForm = 'companion_reg_refresh' | 'pair-device-rotate-qr' | 'none';

/** How strict the simulated service is toward unlinked clients. docs/simulator.md lists the source of each value. */
export interface LinkingTerms {
  /**
   * When the service refreshes the registration on its own: at the first scan of a connection, which fails, as the reports say; or right after the QR
   * references.
   */
  registrationRefresh: 'at-scan' | 'with-qr';
  /** An unlinked connection is closed after this time, in ms. */
  unlinkedConnectionMs: number;
  /** How long a pairing code is valid, in ms. */
  pairingCodeMs: number;
  /** Number of code requests allowed per number in `pairingCodeWindowMs`; the next one is refused with 429. */
  pairingCodesPerNumber: number;
  pairingCodeWindowMs: number;
  /** How long the proof of a passkey exchange is valid, in ms from the request for the passkey. */
  handoffProofMs: number;
  /** Whether a challenge outlives the connection on which it was sent. WhatsApp's behavior is unknown; the stricter one is the default. */
  challengeOutlivesConnection: boolean;
}

/** The outcome of a scan or an entered code. */
export interface LinkOutcome {
  /** The number of the new device; `null` if the phone shows "continue on WhatsApp Web" because the account requires a passkey. */
  device: number | null;
}

/** Why a phone could not link, in addition to the text: the `reason` of the refusal. */
export type LinkRefusal =
  | 'no-companion'
  | 'registration-refreshed'
  | 'refresh-not-acknowledged'
  | 'old-secret'
  | 'wrong-code'
  | 'used-code'
  | 'client-outdated'
  | 'companion-refused'
  | 'companion-left';

/** One live connection. */
export interface SimulatedConnection {
  connection: string;
  /** `null` while the connection is not linked. */
  phoneNumber: string | null;
  device: number | null;
  /** QR references that were not scanned yet, in the order in which they are shown. */
  references: string[];
  /** The number whose pairing code is valid now. */
  codeFor: string | null;
  /** Wall clock time in ms. */
  openedAt: number;
  notifications: number;
  unacknowledged: number;
}

/** Notifications and their outcomes. A notification that is sent again on a new connection is counted there. */
export interface Acknowledgements {
  notifications: number;
  acknowledged: number;
  /** Acks of a notification that had already been acknowledged. */
  repeated: number;
  /** Sent and not acknowledged, oldest first; includes closed connections. */
  missing: { connection: string; id: string; type: string; phoneNumber: string | null; sentAt: number }[];
}

/** How the account's phone and the service behave if a device is linked by passkey. */
export interface PasskeyTerms {
  required: 'never' | 'always';
  /**
   * The content of the notification, and of the response to a request for the options. `on-request`: nothing, then the options.
   * `empty`, `oversized` and `not-json`: something unusable, then the options. `refused`: nothing, then an error. `broken`: something unusable both times.
   */
  options: 'in-notification' | 'on-request' | 'empty' | 'oversized' | 'not-json' | 'refused' | 'broken';
  /** Whether the options list the account's credential. */
  listCredential: boolean;
  /** The phone waits for `confirmPasskey` before it confirms. */
  phoneConfirms: boolean;
  faults: PasskeyFaults;
}

/** The requests of a companion in a passkey exchange, in order. */
export type PasskeyStep = 'options' | 'ref' | 'prologue' | 'nonce' | 'request';

/** Faults of a passkey exchange; each stays in force until it is replaced. */
export interface PasskeyFaults {
  /** Refuses a step with this code. */
  refuse?: { step: PasskeyStep; code: number };
  /** Closes the connection instead of answering a step. */
  closeAt?: PasskeyStep;
  /** Delays the answer to a step. */
  delay?: { step: PasskeyStep; ms: number };
  /** The phone never continues after the prologue. */
  noContinuation?: boolean;
  /** The phone continues with a key or a nonce of 31 bytes, or with bytes that are not valid protobuf. */
  badContinuation?: 'short-key' | 'short-nonce' | 'garbage';
  /** The last request is answered, but no `pair-success` follows. */
  noPairSuccess?: boolean;
}

/** The result of the browser's `navigator.credentials.get` as JSON for the service: binary values are base64url without padding. */
export interface PasskeyAssertion {
  id: string;
  rawId: string;
  type: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle: string | null };
}

/** The input of an authenticator; everything except the first two fields creates deliberately invalid assertions. */
export interface AssertPasskeyArgs {
  phoneNumber: string;
  /** `PublicKeyCredentialRequestOptions` as the service sent them. */
  options: object;
  origin?: string;
  rpId?: string;
  challenge?: string;
  credentialId?: string;
  crossOrigin?: boolean;
  userPresent?: boolean;
  userVerified?: boolean;
  /** Default `webauthn.get`. */
  clientDataType?: string;
  /** Signs with a different key. */
  foreignKey?: boolean;
}

/** A passkey with its private key, in the format of DevTools' `WebAuthn.addCredential`: standard base64. */
export interface ExportedPasskey {
  credentialId: string;
  isResidentCredential: true;
  rpId: string;
  /** PKCS #8. */
  privateKey: string;
  userHandle: string;
  signCount: number;
}

/** A public key in one of three formats; binary values are base64 or base64url. */
export type PasskeyPublicKey = { spki: string } | { cose: string } | { jwk: object };

/** One passkey exchange as the service and the phone have recorded it. */
export interface PasskeyExchangeReport {
  phoneNumber: string;
  connection: string;
  stage: 'assertion' | 'waiting-for-nonce' | 'waiting-for-request' | 'confirmation' | 'finishing' | 'linked' | 'failed' | 'left';
  /** Whether the prologue contained a proof; `null` before it arrived. */
  proof: boolean | null;
  /** The code on the phone, `XXXX-XXXX`. */
  code: string | null;
  device: number | null;
  /** Requests of the companion in the order of arrival; `reason` shows why one was refused. */
  steps: { at: number; step: PasskeyStep; accepted: boolean; reason: string | null }[];
}
