import type { SessionId } from '../ids/ids.js';

/**
 * How far a passkey link is. WhatsApp asks some accounts for their passkey when a phone has scanned the QR code or taken the pairing code.
 *
 * - `assertion`: a browser on WhatsApp's own page has to sign with the passkey: `getPasskey`, then `submitPasskeyAssertion`.
 * - `sending`: the signature is on its way to WhatsApp.
 * - `waiting-for-phone`: WhatsApp took it; somebody must continue on the phone.
 * - `confirmation`: a person has to compare `code` with the code on the phone: `confirmPasskey`.
 * - `finishing`: nothing is left to do; the phone links the device.
 * - `failed`: see `error`. A new QR code follows.
 */
export const PASSKEY_STAGES = ['assertion', 'sending', 'waiting-for-phone', 'confirmation', 'finishing', 'failed'] as const;
export type PasskeyStage = (typeof PASSKEY_STAGES)[number];

/**
 * Why a passkey link failed:
 * `no-options` (WhatsApp sent nothing to sign), `refused` (WhatsApp refused a step, see `statusCode`), `no-answer` (WhatsApp did not answer a step),
 * `phone-did-not-continue`,
 * `invalid-answer` (what came from the phone is not valid), `code-differs` (a person said so), `not-finished` (the phone did not link the device in time),
 * `connection-lost`.
 */
export const PASSKEY_FAILURES = [
  'no-options',
  'refused',
  'no-answer',
  'phone-did-not-continue',
  'invalid-answer',
  'code-differs',
  'not-finished',
  'connection-lost'
] as const;
export type PasskeyFailure = (typeof PASSKEY_FAILURES)[number];

/** The requests to WhatsApp that may fail, in their order. */
export type PasskeyStep = 'options' | 'ref' | 'prologue' | 'nonce' | 'request';

export interface PasskeyError {
  reason: PasskeyFailure;
  /** The step that was refused or not answered. */
  step: PasskeyStep | null;
  /** WhatsApp's code. */
  statusCode: number | null;
}

/** A passkey link, for whoever may control the session. Nothing in it is worth anything to others. */
export interface PasskeyRecord {
  /** The stage; `null` once the link has ended because the account is linked or the attempt was canceled. */
  stage: PasskeyStage | null;
  /** When WhatsApp asked for the passkey, as an ISO time. */
  requestedAt: string;
  /** When the stage ends if nothing happens, as an ISO time. */
  expiresAt: string | null;
  /** The code, `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it. */
  code: string | null;
  /** Whether somebody has to compare it. */
  compare: boolean;
  error: PasskeyError | null;
}

/** The part visible to everybody who may read the session. */
export interface PasskeyGlimpse {
  stage: PasskeyStage;
}

/** The payload of `auth.passkey`. */
export interface PasskeyChanged extends PasskeyRecord {
  /** ISO time. */
  at: string;
}

/** The data to sign, for `navigator.credentials.get` on a page of web.whatsapp.com: binary values are base64url. */
export interface PasskeyOptions {
  challenge: string;
  rpId: string;
  /** ms */
  timeout?: number;
  allowCredentials?: { type: string; id: string; transports?: string[] }[];
  userVerification?: string;
  extensions?: Record<string, unknown>;
}

/** The assertion from the browser: binary values are base64url without padding. */
export interface PasskeyAssertion {
  id: string;
  rawId: string;
  type: 'public-key';
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle: string | null;
  };
}

/** The reply of `getPasskey`. */
export interface PasskeyRequest extends PasskeyRecord {
  /** Only in the stage `assertion`. */
  options: PasskeyOptions | null;
  /** The one-time address, if requested: complete over HTTP, otherwise its path on an edge. */
  url: string | null;
}

/** What the one-time address of an exchange shows. */
export interface PasskeyView extends PasskeyRecord {
  session: SessionId;
  options: PasskeyOptions | null;
}

/** Whether the code of a passkey link has to be compared: as the official client does (not, when WhatsApp knows that the QR code was ours), or always. */
export const PASSKEY_CODE_RULES = ['auto', 'always'] as const;
export type PasskeyCodeRule = (typeof PASSKEY_CODE_RULES)[number];

/** The one-time addresses of one exchange, in the status record. */
export interface PasskeyLinks {
  /** SHA-256 of each token, base64url. */
  hashes: string[];
  /** The outcome of the exchange; `null` while it is in progress. */
  over: 'linked' | 'given-up' | null;
  /** Why it failed, if it did. */
  error?: PasskeyError;
}
