import { readAddress } from '../gateway/address.policy.js';

/**
 * The one-time address in the tab in which the icon was clicked: its own address, or the one that the console shows there. `null` when there is none, or the click does not allow to
 * look any more.
 */
export async function offeredAddress(tab: number): Promise<string | null> {
  if (!Number.isInteger(tab) || tab <= 0) return null;
  try {
    const { url = '' } = await chrome.tabs.get(tab);
    if (typeof readAddress(url) !== 'string') return url;
    const [frame] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: addressInPage });
    const found = frame?.result ?? '';
    return typeof readAddress(found) === 'string' ? null : found;
  } catch {
    return null;
  }
}

/** Runs inside the page. */
function addressInPage(): string {
  return document.querySelector('[data-passkey-address]')?.getAttribute('data-passkey-address') ?? '';
}
