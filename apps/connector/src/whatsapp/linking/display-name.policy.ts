import type { BrowserIdentity } from '@wabus/contracts';

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
