/** The part of the simulator's control API that is about linking: refreshes, pairing codes, acknowledgements and passkeys. */

/**
 * Names a client that is not linked yet: by the id of its connection, by the QR text it shows, or by the number for which it asked a
 * pairing code. Without any of them it is the only one that waits.
 */
export interface UnlinkedClient {
  connection?: string;
  qr?: string;
  phoneNumber?: string;
}

/** The child of a `companion_reg_refresh` notification; `none` leaves it out. */
export type RefreshForm = 'companion_reg_refresh' | 'pair-device-rotate-qr' | 'none';

/** How strict the simulated service is toward clients that are not linked. docs/simulator.md says where each value comes from. */
export interface LinkingTerms {
  /**
   * When the service refreshes the registration on its own: at the first scan of a connection, which fails, as the reports say; or right after the
   * QR references.
   */
  registrationRefresh: 'at-scan' | 'with-qr';
  /** An unlinked connection is closed after this. */
  unlinkedConnectionMs: number;
  /** How long a pairing code can be typed. */
  pairingCodeMs: number;
  /** Requests for a code that one number may make in `pairingCodeWindowMs`; the next one is refused with 429. */
  pairingCodesPerNumber: number;
  pairingCodeWindowMs: number;
  /** How long the proof of a passkey exchange counts, from the request for the passkey on. */
  handoffProofMs: number;
  /** Whether a challenge outlives the connection on which it was sent. Nobody knows; the stricter answer is the default. */
  challengeOutlivesConnection: boolean;
}

/** What came of a scan or of a typed code. */
export interface LinkOutcome {
  /** The number of the new device; `null` when the phone says "continue on WhatsApp Web", because the account wants a passkey. */
  device: number | null;
}

/** Why a phone could not link, beside the text: the `reason` of the refusal. */
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

/** One connection, live now. */
export interface SimulatedConnection {
  connection: string;
  /** `null` while it is not linked. */
  phoneNumber: string | null;
  device: number | null;
  /** QR references that were not scanned yet, in the order in which they are shown. */
  references: string[];
  /** The number for which it asked the pairing code that can be typed now. */
  codeFor: string | null;
  /** ms of the wall clock */
  openedAt: number;
  notifications: number;
  unacknowledged: number;
}

/** Notifications and their outcomes. A notification that is sent again on a new connection counts there. */
export interface Acknowledgements {
  notifications: number;
  acknowledged: number;
  /** Acks for a notification that had been acknowledged before. */
  repeated: number;
  /** Sent and not acknowledged, oldest first; on connections that are closed as well. */
  missing: { connection: string; id: string; type: string; phoneNumber: string | null; sentAt: number }[];
}

/** What the account's owner and the service do when a device is linked by passkey. */
export interface PasskeyTerms {
  required: 'never' | 'always';
  /**
   * What the notification carries, and what a request for the options gets. `on-request`: nothing, then the options. `empty`, `oversized` and
   * `not-json`: something useless, then the options. `refused`: nothing, then an error. `broken`: something useless both times.
   */
  options: 'in-notification' | 'on-request' | 'empty' | 'oversized' | 'not-json' | 'refused' | 'broken';
  /** Whether the options list the account's credential. */
  listCredential: boolean;
  /** The phone waits for `confirmPasskey` before it agrees. */
  phoneConfirms: boolean;
  faults: PasskeyFaults;
}

/** The requests of a companion in a passkey exchange, in their order. */
export type PasskeyStep = 'options' | 'ref' | 'prologue' | 'nonce' | 'request';

/** Disturbances of a passkey exchange; each stays in force until it is replaced. */
export interface PasskeyFaults {
  /** Refuses a step with this code. */
  refuse?: { step: PasskeyStep; code: number };
  /** Closes the connection instead of answering a step. */
  closeAt?: PasskeyStep;
  /** Answers a step late. */
  delay?: { step: PasskeyStep; ms: number };
  /** The phone never continues after the prologue. */
  noContinuation?: boolean;
  /** The phone continues with a key or a nonce of 31 bytes, or with bytes that are no protobuf. */
  badContinuation?: 'short-key' | 'short-nonce' | 'garbage';
  /** The last request is answered, and no `pair-success` follows. */
  noPairSuccess?: boolean;
}

/** What the browser's `navigator.credentials.get` answers, as JSON for the service: binary values are base64url without padding. */
export interface PasskeyAssertion {
  id: string;
  rawId: string;
  type: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle: string | null };
}

/** What an authenticator gets; everything but the first two is for assertions that are wrong on purpose. */
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
  /** `webauthn.get` by default. */
  clientDataType?: string;
  /** Signs with another key. */
  foreignKey?: boolean;
}

/** A passkey with its private key, in the form that DevTools' `WebAuthn.addCredential` takes: standard base64. */
export interface ExportedPasskey {
  credentialId: string;
  isResidentCredential: true;
  rpId: string;
  /** PKCS #8. */
  privateKey: string;
  userHandle: string;
  signCount: number;
}

/** A public key in one of three forms; binary values are base64 or base64url. */
export type PasskeyPublicKey = { spki: string } | { cose: string } | { jwk: object };

/** One passkey exchange as the service and the phone have seen it. */
export interface PasskeyExchangeReport {
  phoneNumber: string;
  connection: string;
  stage: 'assertion' | 'waiting-for-nonce' | 'waiting-for-request' | 'confirmation' | 'finishing' | 'linked' | 'failed' | 'left';
  /** Whether the prologue carried a proof; `null` before it came. */
  proof: boolean | null;
  /** The code on the phone, `XXXX-XXXX`. */
  code: string | null;
  device: number | null;
  /** Requests of the companion in the order in which they came; `reason` says why one was refused. */
  steps: { at: number; step: PasskeyStep; accepted: boolean; reason: string | null }[];
}
