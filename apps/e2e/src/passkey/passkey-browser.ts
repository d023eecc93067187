import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { createTempFolder, type ExportedPasskey, type TempFolder } from '@wabus/testing';
import { FLAGS, programToTest } from '../console/browser.launcher.js';
import { trustedIdentity } from './test-certificates.js';
import { WhatsAppPage } from './whatsapp.page.js';

const HOST = 'web.whatsapp.com';
const EXTENSION = fileURLToPath(new URL('../../../extension/dist/unpacked', import.meta.url));
const WAIT_MS = 45_000;

/** The parts of the browser's settings page that the test uses. */
interface SettingsPage {
  chrome: { developerPrivate: { addHostPermission(id: string, host: string, done: () => void): void } };
}

/** Chromium with the extension as users load it, and a simulation of WhatsApp's page that only this browser trusts. */
export class PasskeyBrowser implements AsyncDisposable {
  private constructor(
    readonly context: BrowserContext,
    readonly whatsapp: WhatsAppPage,
    private readonly browser: CDPSession,
    private readonly extension: string,
    private readonly home: TempFolder
  ) {}

  static async launch(): Promise<PasskeyBrowser> {
    const home = createTempFolder('passkey');
    const whatsapp = await WhatsAppPage.listen(await trustedIdentity(home.path, HOST));
    const context = await chromium.launchPersistentContext(`${home.path}/profile`, {
      executablePath: programToTest(),
      // Playwright's own headless shell loads no extensions; the browser's new headless mode does.
      headless: false,
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        ...FLAGS,
        '--headless=new',
        `--disable-extensions-except=${EXTENSION}`,
        `--load-extension=${EXTENSION}`,
        // For the click on the icon, and for developer tools in a tab.
        '--enable-unsafe-extension-debugging',
        '--remote-debugging-port=0',
        '--remote-allow-origins=*',
        `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${whatsapp.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`
      ],
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      env: { ...process.env, HOME: home.path }
    });
    context.setDefaultTimeout(WAIT_MS);
    const [worker = await context.waitForEvent('serviceworker')] = context.serviceWorkers();
    const browser = await context.browser()!.newBrowserCDPSession();
    return new PasskeyBrowser(context, whatsapp, browser, new URL(worker.url()).host, home);
  }

  /** Grants the extension access to an origin on the settings page, because a test cannot click the browser's own prompt. */
  async allow(origin: string): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(
      ([id, host]) =>
        new Promise<void>(resolve =>
          (globalThis as unknown as SettingsPage).chrome.developerPrivate.addHostPermission(id!, host!, resolve)
        ),
      [this.extension, `${origin}/*`]
    );
    await page.close();
  }

  /** Clicks the icon of the extension while a page is in front; returns the window that opens. */
  async clickIcon(page: Page): Promise<Page> {
    await page.bringToFront();
    const opening = this.context.waitForEvent('page');
    const { targetInfos } = await this.browser.send('Target.getTargets', { filter: [{ type: 'tab' }] });
    const tab = targetInfos.find(({ url }) => url === page.url());
    await this.browser.send('Extensions.triggerAction', { id: this.extension, targetId: tab!.targetId });
    return opening;
  }

  async openWhatsApp(): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`https://${HOST}/`);
    return page;
  }

  /** Returns the developer tools of a page as users see them, with the console in front. */
  async openDevTools(page: Page): Promise<Page> {
    const devtools = await this.context.newCDPSession(page);
    const { targetInfo } = await devtools.send('Target.getTargetInfo');
    const [port] = readFileSync(join(this.home.path, 'profile', 'DevToolsActivePort'), 'utf8').split('\n');
    const tools = await this.context.newPage();
    const target = `ws=127.0.0.1:${port}/devtools/page/${targetInfo.targetId}`;
    await tools.goto(`devtools://devtools/bundled/inspector.html?${target}&panel=console`);
    // The console discards input until the tools have attached to the page.
    await tools.getByLabel('JavaScript context: top').waitFor();
    return tools;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    await this.whatsapp[Symbol.asyncDispose]();
    this.home.remove();
  }
}

/** Adds an authenticator with a passkey to a page. `verifies`: whether the user passes the user verification; a user who cancels does not. */
export async function giveAuthenticator(
  page: Page,
  passkey: ExportedPasskey,
  verifies = true
): Promise<{ verifies(now: boolean): Promise<void> }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true
    }
  });
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: passkey });
  return {
    verifies: isUserVerified => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => undefined)
  };
}
