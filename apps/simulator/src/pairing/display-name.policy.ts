/**
 * Browsers and systems that WhatsApp accepts in `companion_platform_display`, the text `<browser> (<system>)` of a request for a pairing code.
 * "Chrome (Windows)", "Chrome (Ubuntu)" and "Chrome (Mac OS)" were seen to pass, "Chrome (Acme)" to be refused with 400 in August 2026 (Baileys 2560,
 * 2768, PR 2769; OpenWA 1471, 1666, PR 1672). The other names are those that WhatsApp Web itself may send; nobody has tried all.
 */
const BROWSERS = new Set(['Chrome', 'Edge', 'Firefox', 'Opera', 'Safari']);
const SYSTEMS = new Set(['Windows', 'Mac OS', 'Ubuntu', 'Linux']);

const DISPLAY = /^([A-Za-z ]+) \(([A-Za-z ]+)\)$/;

export function isKnownDisplayName(text: string | undefined): boolean {
  const [, browser = '', system = ''] = DISPLAY.exec(text ?? '') ?? [];
  return BROWSERS.has(browser) && SYSTEMS.has(system);
}

/**
 * Numbers of `companion_platform_id`, which are not those of `DeviceProps.PlatformType`: Chrome 1, Edge 2, Firefox 3, IE 4, Opera 5, Safari 6,
 * Electron 7, UWP 8, other 9.
 */
export function isKnownPlatformId(text: string | undefined): boolean {
  return /^[1-9]$/.test(text ?? '');
}
