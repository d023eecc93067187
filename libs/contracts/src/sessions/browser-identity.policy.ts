import type { BrowserIdentity, WhatsAppVersion } from './session-settings.js';

/** Browsers that WhatsApp knows as linked devices (`DeviceProps.PlatformType`). */
export const BROWSERS = ['Chrome', 'Firefox', 'IE', 'Opera', 'Safari', 'Edge', 'Desktop'] as const;

/** How a session names itself that was told nothing else. */
export const DEFAULT_BROWSER: BrowserIdentity = { os: 'Wabus', name: 'Chrome', version: '1.0.0' };

/** In this order: most browsers also claim to be others. */
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
 * The identity that a user agent stands for: the name of a browser (`Opera`), or the full text that a browser sends, of which a part is enough
 * (`Mozilla/5.0 (Macintosh; …`): what cannot be read from it is as by default. `null` for any other text.
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

/** Numbers of a version such as `2.3000.1027934701`, `null` if the text is not one. */
export function parseWhatsAppVersion(text: string): WhatsAppVersion | null {
  if (!/^\d{1,9}\.\d{1,9}\.\d{1,12}$/.test(text)) return null;
  return text.split('.').map(Number) as WhatsAppVersion;
}
