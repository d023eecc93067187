import type { PasskeyOptions } from '@wabus/contracts';
import { promptForPasskey, type PromptOutcome } from './passkey-prompt.js';

const PAGE = 'https://web.whatsapp.com/';

/**
 * Brings a WhatsApp tab to the front, prompts for the passkey there, and returns to
 * this window. A tab that it opened is closed again once the passkey has signed.
 * In addition to the errors of the prompt, `error` can be `tab-gone`: the tab was closed, or the page did not load.
 */
export async function signInWhatsAppTab(options: PasskeyOptions): Promise<PromptOutcome> {
  const own = await chrome.windows.getCurrent();
  const { id, opened } = await tabInFront();
  try {
    // In the world of the page, because some password managers do not take part in the world of extensions.
    const [frame] = await chrome.scripting.executeScript({ target: { tabId: id }, world: 'MAIN', func: promptForPasskey, args: [options] });
    const outcome = frame?.result ?? { error: 'tab-gone', message: '' };
    if (opened && 'assertion' in outcome) await chrome.tabs.remove(id).catch(() => undefined);
    return outcome;
  } catch (thrown) {
    return { error: 'tab-gone', message: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    if (own.id !== undefined) await chrome.windows.update(own.id, { focused: true }).catch(() => undefined);
  }
}

async function tabInFront(): Promise<{ id: number; opened: boolean }> {
  const found = (await chrome.tabs.query({ url: `${PAGE}*`, discarded: false })).find(tab => tab.id !== undefined);
  if (found?.id === undefined) {
    const [somewhere] = await chrome.windows.getAll({ windowTypes: ['normal'] });
    const tab =
      somewhere?.id === undefined
        ? (await chrome.windows.create({ url: PAGE, focused: true }))?.tabs?.[0]
        : await chrome.tabs.create({ windowId: somewhere.id, url: PAGE, active: true });
    if (tab?.id === undefined) throw new Error('no tab');
    await chrome.windows.update(tab.windowId, { focused: true });
    return { id: tab.id, opened: true };
  }
  await chrome.tabs.update(found.id, { active: true });
  await chrome.windows.update(found.windowId, { focused: true });
  return { id: found.id, opened: false };
}
