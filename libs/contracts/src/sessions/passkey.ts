import type { SessionId } from '../ids/ids.js';

/**
 * The stages of a passkey link. WhatsApp requires some accounts to sign with their passkey after a phone has scanned the QR code or accepted the pairing code.
 *
 * - `assertion`: a browser on WhatsApp's own page must sign with the passkey: `getPasskey`, then `submitPasskeyAssertion`.
 * - `sending`: the signature is being sent to WhatsApp.
 * - `waiting-for-phone`: WhatsApp accepted it; somebody must continue on the phone.
 * - `confirmation`: a person must compare `code` with the code on the phone: `confirmPasskey`.
 * - `finishing`: the phone is linking the device; nothing else is left to do.
 * - `failed`: see `error`. A new QR code follows.
 */
export const PASSKEY_STAGES = ['assertion', 'sending', 'waiting-for-phone', 'confirmation', 'finishing', 'failed'] as const;
export type PasskeyStage = (typeof PASSKEY_STAGES)[number];

/**
 * The reasons why a passkey link fails: `no-options` (WhatsApp sent nothing to sign), `refused` (WhatsApp refused a step, see `statusCode`), `no-answer`
 * (WhatsApp did not answer a step), `phone-did-not-continue`, `invalid-answer` (the phone sent invalid data), `code-differs` (a person reported different
 * codes), `not-finished` (the phone did not link the device in time), `connection-lost`.
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

/** The requests to WhatsApp that can fail, in order. */
export type PasskeyStep = 'options' | 'ref' | 'prologue' | 'nonce' | 'request';

export interface PasskeyError {
  reason: PasskeyFailure;
  /** The step that WhatsApp refused or did not answer. */
  step: PasskeyStep | null;
  /** WhatsApp's status code. */
  statusCode: number | null;
}

/** A passkey link, visible to callers with the scope `control`. It contains nothing that is useful to anybody else. */
export interface PasskeyRecord {
  /** The stage; `null` once the link has ended because the account is linked or the attempt was canceled. */
  stage: PasskeyStage | null;
  /** When WhatsApp asked for the passkey, as an ISO time. */
  requestedAt: string;
  /** When the stage ends unless something happens, as an ISO time. */
  expiresAt: string | null;
  /** The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it. */
  code: string | null;
  /** Whether somebody must compare the code. */
  compare: boolean;
  error: PasskeyError | null;
}

/** The part that is visible to everybody with access to the session. */
export interface PasskeyGlimpse {
  stage: PasskeyStage;
}

/** The payload of `auth.passkey`. */
export interface PasskeyChanged extends PasskeyRecord {
  /** When the link changed, as an ISO time. */
  at: string;
}

/** The data to sign, for `navigator.credentials.get` on a page of web.whatsapp.com. Binary values are in base64url. */
export interface PasskeyOptions {
  challenge: string;
  rpId: string;
  /** In milliseconds. */
  timeout?: number;
  allowCredentials?: { type: string; id: string; transports?: string[] }[];
  userVerification?: string;
  extensions?: Record<string, unknown>;
}

/** The assertion from the browser. Binary values are in base64url without padding. */
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
  /** The data to sign; `null` unless the stage is `assertion`. */
  options: PasskeyOptions | null;
  /** The one-time URL, if requested; otherwise `null`. Over HTTP it is complete; over other transports it is a path on an edge. */
  url: string | null;
}

/** The data that the page at a one-time URL shows. */
export interface PasskeyView extends PasskeyRecord {
  session: SessionId;
  options: PasskeyOptions | null;
}

/**
 * When somebody must compare the code of a passkey link: `auto` follows the official client, which omits it if WhatsApp knows that the QR code was this
 * session's; `always`.
 */
export const PASSKEY_CODE_RULES = ['auto', 'always'] as const;
export type PasskeyCodeRule = (typeof PASSKEY_CODE_RULES)[number];

/** The one-time URLs of one passkey link, in the status record. */
export interface PasskeyLinks {
  /** The SHA-256 of each token, in base64url. */
  hashes: string[];
  /** The outcome of the link; `null` while it is in progress. */
  over: 'linked' | 'given-up' | null;
  /** The reason, if the link failed. */
  error?: PasskeyError;
}
