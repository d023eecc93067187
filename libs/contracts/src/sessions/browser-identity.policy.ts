import type { BrowserIdentity, WhatsAppVersion } from './session-settings.js';

/** The browsers for which WhatsApp has a type of linked device (`DeviceProps.PlatformType`). */
export const BROWSERS = ['Chrome', 'Firefox', 'IE', 'Opera', 'Safari', 'Edge', 'Desktop'] as const;

/** The browser identity of a session that has no setting of its own. */
export const DEFAULT_BROWSER: BrowserIdentity = { os: 'Wabus', name: 'Chrome', version: '1.0.0' };

/** The order matters, because most browsers also claim to be others. */
const TRACES: readonly (readonly [name: (typeof BROWSERS)[number], trace: RegExp])[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/([\d.]+)/],
  ['Opera', /\b(?:OPR|OPT|Opera)[/ ]([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['IE', /(?:\bMSIE |\bTrident\/.*\brv:)([\d.]+)/],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//]
];

const SYSTEMS: readonly (readonly [os: string, trace: RegExp])[] = [
  ['Windows', /\bWindows\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['Mac OS', /\bMac(?:intosh|_| OS)/],
  ['Chrome OS', /\bCrOS\b/],
  ['Ubuntu', /\bUbuntu\b/],
  ['Linux', /\b(?:Linux|X11)\b/]
];

/**
 * Returns the browser identity for a user agent: either the name of a browser (`Opera`), or the full or partial text that a browser sends
 * (`Mozilla/5.0 (Macintosh; …`). Missing parts have their default. `null` for any other text.
 */
export function browserOfUserAgent(userAgent: string): BrowserIdentity | null {
  const text = userAgent.trim();
  const named = BROWSERS.find(name => name.toLowerCase() === text.toLowerCase());
  if (named) return { ...DEFAULT_BROWSER, name: named };
  const found = TRACES.find(([, trace]) => trace.test(text));
  if (!found && !/^Mozilla\/\d/.test(text)) return null;
  const os = SYSTEMS.find(([, trace]) => trace.test(text))?.[0] ?? DEFAULT_BROWSER.os;
  if (!found) return { ...DEFAULT_BROWSER, os };
  return { os, name: found[0], version: found[1].exec(text)?.[1] ?? DEFAULT_BROWSER.version };
}

/** Returns the three numbers of a version such as `2.3000.1027934701`; `null` if the text is not a version. */
export function parseWhatsAppVersion(text: string): WhatsAppVersion | null {
  if (!/^\d{1,9}\.\d{1,9}\.\d{1,12}$/.test(text)) return null;
  return text.split('.').map(Number) as WhatsAppVersion;
}
