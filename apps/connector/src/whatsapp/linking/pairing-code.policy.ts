import type { BrowserIdentity } from '@wabus/contracts';

/** A phone may mistype a code; more answers to one code than this are not a person's. */
export const MAX_ANSWERS = 5;

/** The code that was asked for last. */
export interface CodeInForce {
  /** How the service names it; `null` while it has not answered, or when it named none. */
  readonly reference: Uint8Array | null;
  /** How often a phone has answered to it. */
  readonly answers: number;
}

/** What a `link_code_companion_reg` notification says. */
export interface CodeNotification {
  readonly stage: string | undefined;
  /** Empty when it names none. */
  readonly reference: Uint8Array;
  /** The phone's identity and its ephemeral key are there. */
  readonly hasKeys: boolean;
  readonly forceManual: boolean;
}

/**
 * - `to-baileys`: the phone has typed the code; Baileys answers.
 * - `refuse`: the phone has typed a code that is not in force, or tried too often. Nobody answers.
 * - `renew`: the code is used up, a new one is asked for.
 * - `report`: the code is used up, and a person has to ask for another.
 * - `ignore`: nothing to do, as for the precursor of a passkey exchange, which has no keys (whatsmeow issues 1188 and 1234).
 */
export type CodeDecision = 'to-baileys' | 'refuse' | 'renew' | 'report' | 'ignore';

export function onCodeNotification({ stage, reference, hasKeys, forceManual }: CodeNotification, code: CodeInForce | null): CodeDecision {
  const about = code !== null && (code.reference === null || reference.length === 0 || Buffer.compare(code.reference, reference) === 0);
  if (stage === 'refresh_code') return about ? (forceManual ? 'report' : 'renew') : 'ignore';
  if (!hasKeys) return 'ignore';
  if (stage !== 'primary_hello' || !about || reference.length === 0) return 'refuse';
  return code.answers < MAX_ANSWERS ? 'to-baileys' : 'refuse';
}

/** Browsers and systems that the service takes in the name of a client that asks for a pairing code. */
const BROWSERS = ['Chrome', 'Firefox', 'Edge', 'Safari', 'Opera'] as const;
const SYSTEMS = ['Windows', 'Mac OS', 'Ubuntu', 'Linux'] as const;

/** What a client calls itself when it asks for a pairing code. */
export interface PairingDisplay {
  /** For the number of the client (`getCompanionPlatformId`). */
  readonly browser: (typeof BROWSERS)[number];
  /** `<browser> (<system>)` */
  readonly text: string;
}

/**
 * The name under which a pairing code is asked for. WhatsApp refuses names that it does not know with 400, such as `Chrome (Acme)` (Baileys issues 2560 and 2768, measured in
 * August 2026). The phone's list of linked devices shows `DeviceProps.os` of the registration, which stays free text.
 */
export function pairingDisplay({ os, name }: Pick<BrowserIdentity, 'os' | 'name'>): PairingDisplay {
  const browser = BROWSERS.find(known => known === name) ?? 'Chrome';
  const system = SYSTEMS.find(known => known === os) ?? 'Windows';
  return { browser, text: `${browser} (${system})` };
}
