import { readAddress } from '../gateway/address.policy.js';

/**
 * Returns the one-time address from the tab in which the user clicked the
 * icon: either the URL of the tab or the address that the console shows there.
 * Returns `null` if there is none, or if the click no longer grants access to the tab.
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
