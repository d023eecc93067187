import type { BrowserIdentity } from '@wabus/contracts';

/** The limit of a phone's answers to one code, which allows for mistyping; a person does not need more. */
export const MAX_ANSWERS = 5;

/** The code that was requested last. */
export interface CodeInForce {
  /** WhatsApp's reference of the code; `null` before its answer, or if the answer has none. */
  readonly reference: Uint8Array | null;
  /** How often a phone has answered for this code. */
  readonly answers: number;
}

/** The content of a `link_code_companion_reg` notification. */
export interface CodeNotification {
  readonly stage: string | undefined;
  /** Empty if there is none. */
  readonly reference: Uint8Array;
  /** Whether it contains the phone's identity and its ephemeral key. */
  readonly hasKeys: boolean;
  readonly forceManual: boolean;
}

/**
 * The decision about a notification:
 * - `to-baileys`: the code was typed on the phone; Baileys answers.
 * - `refuse`: a code that is not in force was typed, or a code was typed too often. There is no answer.
 * - `renew`: the code is invalid; a new one is requested.
 * - `report`: the code is invalid, and a person must request a new one.
 * - `ignore`: nothing to do, as for the precursor of a passkey exchange, which has no keys (whatsmeow issues 1188 and 1234).
 */
export type CodeDecision = 'to-baileys' | 'refuse' | 'renew' | 'report' | 'ignore';

/** Decides how to handle a notification, given the code that was requested last. */
export function onCodeNotification({ stage, reference, hasKeys, forceManual }: CodeNotification, code: CodeInForce | null): CodeDecision {
  const about = code !== null && (code.reference === null || reference.length === 0 || Buffer.compare(code.reference, reference) === 0);
  if (stage === 'refresh_code') return about ? (forceManual ? 'report' : 'renew') : 'ignore';
  if (!hasKeys) return 'ignore';
  if (stage !== 'primary_hello' || !about || reference.length === 0) return 'refuse';
  return code.answers < MAX_ANSWERS ? 'to-baileys' : 'refuse';
}

/** The browsers and systems that WhatsApp accepts in the name of a client that requests a pairing code. */
const BROWSERS = ['Chrome', 'Firefox', 'Edge', 'Safari', 'Opera'] as const;
const SYSTEMS = ['Windows', 'Mac OS', 'Ubuntu', 'Linux'] as const;

/** The name with which a client requests a pairing code. */
export interface PairingDisplay {
  /** The browser from which `getCompanionPlatformId` derives the platform id. */
  readonly browser: (typeof BROWSERS)[number];
  /** `<browser> (<system>)` */
  readonly text: string;
}

/**
 * Returns the name with which to request a pairing code. WhatsApp refuses unknown names such as `Chrome (Acme)` with 400 (Baileys issues 2560 and 2768,
 * measured in August 2026). The phone's list of linked devices shows `DeviceProps.os` of the registration, which remains free text.
 */
export function pairingDisplay({ os, name }: Pick<BrowserIdentity, 'os' | 'name'>): PairingDisplay {
  const browser = BROWSERS.find(known => known === name) ?? 'Chrome';
  const system = SYSTEMS.find(known => known === os) ?? 'Windows';
  return { browser, text: `${browser} (${system})` };
}
