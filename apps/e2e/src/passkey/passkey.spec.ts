import type { Page } from 'playwright-core';
import type { PasskeyRequest } from '@wabus/contracts';
import { awaitCondition, scanUntilLinked, type PasskeyTerms, type SimulatedAccount } from '@wabus/testing';
import { seriousViolations } from '../console/accessibility-check.js';
import { chromiumToTest } from '../console/browser.launcher.js';
import { Visitor } from '../console/console-visitor.js';
import { takePicture } from '../console/picture.writer.js';
import { WabusFixture } from '../wabus.fixture.js';
import { giveAuthenticator, PasskeyBrowser } from './passkey-browser.js';
import { certutilToTest } from './test-certificates.js';

/** Long enough for a step of the user on a loaded machine, short enough to wait for its end. */
const STEP_MS = 12_000;
const UNKNOWN = 'x'.repeat(43);

const suite = (chromiumToTest() === null || certutilToTest() === null) && !process.env['CI'] ? describe.skip : describe;

/** One product and one browser for all tests. */
suite('a link by passkey in Chromium', () => {
  let wabus: WabusFixture;
  let browser: PasskeyBrowser;
  let sessions = 0;

  beforeAll(async () => {
    browser = await PasskeyBrowser.launch();
    wabus = await WabusFixture.start({ connectorEnv: { WABUS_PASSKEY_STEP_MS: String(STEP_MS) } });
    await browser.allow(wabus.edge.url);
  }, 120_000);

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await wabus?.stop();
  }, 120_000);

  interface Asked {
    readonly session: string;
    readonly account: SimulatedAccount;
    readonly url: string;
  }

  /** Creates a session whose QR code was scanned by a phone with an account that requires a passkey. */
  async function asked(terms: Partial<PasskeyTerms> = {}, settings: object = {}): Promise<Asked> {
    const session = `s${++sessions}`;
    const account = await wabus.control.createAccount({});
    await wabus.control.setPasskey({ phoneNumber: account.phoneNumber, required: 'always', ...terms });
    const created = await wabus.edge.post('/api/sessions', { session });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    await wabus.edge.request('PATCH', `/api/sessions/${session}/settings`, settings);
    await expect(scanUntilLinked(wabus.control, account.phoneNumber, previous => wabus.awaitQr(session, previous))).resolves.toEqual({
      device: null
    });
    await atStage(session, 'assertion');
    const { body } = await wabus.edge.get<PasskeyRequest>(`/api/sessions/${session}/passkey?link=true`);
    return { session, account, url: body.url! };
  }

  const atStage = (session: string, stage: string): Promise<unknown> =>
    awaitCondition(
      () => wabus.session(session),
      ({ status }) => status.passkey?.stage === stage,
      { waitMs: 45_000, what: `stage ${stage} of ${session}` }
    );

  const reportOf = async ({ account: { phoneNumber } }: Asked) => (await wabus.control.passkeyExchanges({ phoneNumber })).at(-1)!;

  /** Returns the page of the extension after pasting the address and clicking Start. */
  async function started(url: string): Promise<Page> {
    const anywhere = await browser.context.newPage();
    const link = await browser.clickIcon(anywhere);
    await anywhere.close();
    await link.getByLabel('One-time address from Wabus').fill(url);
    await link.getByRole('button', { name: 'Start' }).click();
    return link;
  }

  /** Returns a WhatsApp tab in a browser that has the passkey of the account. */
  async function tabWithPasskey({ account: { phoneNumber } }: Asked, verifies = true) {
    const page = await browser.openWhatsApp();
    return { page, ...(await giveAuthenticator(page, await wabus.control.exportPasskey({ phoneNumber }), verifies)) };
  }

  const titled = (link: Page, name: string): Promise<void> => link.getByRole('heading', { name, exact: true }).waitFor({ timeout: 30_000 });

  it('requires one click if the address is open in a tab', async () => {
    const of = await asked();
    const address = await browser.context.newPage();
    await address.goto(of.url);
    const link = await browser.clickIcon(address);
    await awaitCondition(
      () => link.getByLabel('One-time address from Wabus').inputValue(),
      value => value === of.url,
      { what: 'the address in the field' }
    );
    // The extension opens WhatsApp's page on its own. The page becomes complete once its browser has the passkey.
    browser.whatsapp.hold();
    const opening = browser.context.waitForEvent('page');
    await link.getByRole('button', { name: 'Start' }).click();
    const tab = await opening;
    await giveAuthenticator(tab, await wabus.control.exportPasskey({ phoneNumber: of.account.phoneNumber }));
    browser.whatsapp.release();
    await titled(link, 'Linked');
    await wabus.awaitState(of.session, 'open');
    // The service has verified the signature.
    expect(await reportOf(of)).toMatchObject({ stage: 'linked', proof: true });
    expect(tab.isClosed()).toBe(true);
    await Promise.all([link.close(), address.close()]);
  }, 120_000);

  it('shows the code of the phone, and links if they are equal', async () => {
    const of = await asked({ phoneConfirms: true }, { passkeyCode: 'always' });
    const { phoneNumber } = of.account;
    const tab = await tabWithPasskey(of);
    const link = await started(of.url);
    await titled(link, 'Compare the codes');
    await expect(link.getByLabel('Code').textContent()).resolves.toBe((await wabus.control.passkeyCode({ phoneNumber })).code);
    await link.getByRole('button', { name: 'They are equal' }).click();
    await titled(link, 'Almost done');
    await wabus.control.confirmPasskey({ phoneNumber, equal: true });
    await titled(link, 'Linked');
    // A tab that existed before stays open.
    expect(tab.page.isClosed()).toBe(false);
    await Promise.all([link.close(), tab.page.close()]);
  }, 120_000);

  it('does not link if the codes differ, and shows a remedy', async () => {
    const of = await asked({}, { passkeyCode: 'always' });
    const tab = await tabWithPasskey(of);
    const link = await started(of.url);
    await titled(link, 'Compare the codes');
    await link.getByRole('button', { name: 'They differ' }).click();
    await titled(link, 'The link failed');
    await link.getByText('check the linked devices').waitFor();
    expect((await reportOf(of)).steps.map(({ step }) => step)).not.toContain('request');
    await wabus.awaitQr(of.session);
    await Promise.all([link.close(), tab.page.close()]);
  }, 120_000);

  it('lets a user who canceled try again, and cancel the link', async () => {
    const of = await asked();
    const tab = await tabWithPasskey(of, false);
    const link = await started(of.url);
    await titled(link, 'No passkey was used');
    await expect(wabus.session(of.session)).resolves.toMatchObject({ status: { passkey: { stage: 'assertion' } } });
    await link.getByRole('button', { name: 'Try again' }).click();
    await titled(link, 'No passkey was used');
    await tab.verifies(true);
    await link.getByRole('button', { name: 'Try again' }).click();
    await titled(link, 'Linked');
    await link.close();

    const other = await asked();
    await tab.page.close();
    const { page } = await tabWithPasskey(other, false);
    const second = await started(other.url);
    await second.getByRole('button', { name: 'Cancel the link' }).click();
    await titled(second, 'Canceled');
    await wabus.awaitQr(other.session);
    await Promise.all([second.close(), page.close()]);
  }, 90_000);

  it('reports that the phone does not continue', async () => {
    const of = await asked({ faults: { noContinuation: true } });
    const tab = await tabWithPasskey(of);
    const link = await started(of.url);
    await titled(link, 'Continue on the phone');
    await titled(link, 'The link failed');
    await link.getByText('the phone did not continue').waitFor();
    await Promise.all([link.close(), tab.page.close()]);
  }, 120_000);

  it('reports what is wrong with an address', async () => {
    const of = await asked();
    const link = await started('https://example.com/');
    await link.getByText('This is not a one-time address').waitFor();
    const start = async (url: string): Promise<void> => {
      await link.getByLabel('One-time address from Wabus').fill(url);
      await link.getByRole('button', { name: 'Start' }).click();
    };
    await start(`http://wabus.example/passkey/${UNKNOWN}`);
    await link.getByText('must begin with https://').waitFor();
    await start(`${wabus.edge.url}/passkey/${UNKNOWN}`);
    await titled(link, 'The address has expired');
    await link.getByRole('button', { name: 'Enter another address' }).click();
    await wabus.edge.delete(`/api/sessions/${of.session}/passkey`);
    await start(of.url);
    await titled(link, 'The link is over');
    await link.close();
  }, 120_000);

  /** Opens the page of a session as a user of the browser with the extension. */
  async function visit(session: string): Promise<Visitor> {
    const visitor = await Visitor.enter(browser.context, wabus.edge.url);
    await visitor.logIn(wabus.token);
    await visitor.open(`/sessions/${session}`);
    return visitor;
  }

  it('gets the address from the console, which follows the link', async () => {
    const of = await asked();
    const visitor = await visit(of.session);
    await visitor.page.locator('[data-passkey="assertion"] [data-passkey-address]').waitFor();
    await expect(visitor.page.getByRole('img', { name: /QR code/ }).count()).resolves.toBe(0);
    await expect(seriousViolations(visitor.page)).resolves.toEqual([]);
    await visitor.page.locator('[data-passkey] [data-document="passkeys"]').waitFor();
    await visitor.pictures('passkey');
    const tab = await tabWithPasskey(of);
    const link = await browser.clickIcon(visitor.page);
    await awaitCondition(
      () => link.getByLabel('One-time address from Wabus').inputValue(),
      value => value.startsWith(`${wabus.edge.url}/passkey/`),
      { what: 'the address in the field' }
    );
    await expect(seriousViolations(link)).resolves.toEqual([]);
    await link.getByRole('button', { name: 'Start' }).click();
    await titled(link, 'Linked');
    await visitor.page.getByText(`Linked to +${of.account.phoneNumber}`).waitFor();
    expect(visitor.faults).toEqual([]);
    await Promise.all([link.close(), tab.page.close(), visitor.page.close()]);
  }, 120_000);

  it('works from the console with only the developer tools', async () => {
    const of = await asked({ phoneConfirms: true }, { passkeyCode: 'always' });
    const { phoneNumber } = of.account;
    const visitor = await visit(of.session);
    const { page } = visitor;
    const line = await page.getByLabel('Line for the console').textContent();
    const tab = await tabWithPasskey(of);
    const printed = await pasteIntoConsole(tab.page, line!);
    const field = page.getByRole('textbox', { name: 'What the line printed' });
    await field.fill(printed.slice(0, 20));
    await page.getByRole('button', { name: 'Send to WhatsApp' }).click();
    await page.getByText('This is not the text that the line printed').waitFor();
    await field.fill(printed);
    await page.getByRole('button', { name: 'Send to WhatsApp' }).click();
    await page.locator(`[data-passkey-code="${(await wabus.control.passkeyCode({ phoneNumber })).code}"]`).waitFor();
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await takePicture(page, 'passkey-code');
    await page.getByRole('button', { name: 'They are equal' }).click();
    await page.locator('[data-passkey="finishing"]').waitFor();
    await wabus.control.confirmPasskey({ phoneNumber, equal: true });
    await page.locator('[data-state="open"]').waitFor();
    expect(await reportOf(of)).toMatchObject({ stage: 'linked' });
    await Promise.all([tab.page.close(), page.close()]);
  }, 120_000);

  it('shows in the console why a link failed, with a new code', async () => {
    const of = await asked({}, { passkeyCode: 'always' });
    const { page } = await visit(of.session);
    const tab = await tabWithPasskey(of);
    const printed = await pasteIntoConsole(tab.page, (await page.getByLabel('Line for the console').textContent())!);
    await page.getByRole('textbox', { name: 'What the line printed' }).fill(printed);
    await page.getByRole('button', { name: 'Send to WhatsApp' }).click();
    await page.getByRole('button', { name: 'They differ' }).click();
    await page.getByRole('img', { name: `QR code to link ${of.session}` }).waitFor();
    const notice = page.locator('[data-passkey-failure="code-differs"]');
    await notice.getByText('check the linked devices').waitFor();
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'detached' });
    await Promise.all([tab.page.close(), page.close()]);
  }, 120_000);

  it('can be canceled in the console', async () => {
    const of = await asked();
    const { page } = await visit(of.session);
    await page.getByRole('button', { name: 'Cancel the link' }).click();
    await page.getByRole('img', { name: `QR code to link ${of.session}` }).waitFor();
    await page.close();
  }, 120_000);

  it('works without the console, from the one-time address', async () => {
    const of = await asked();
    const page = await browser.context.newPage();
    await page.goto(of.url);
    const tab = await tabWithPasskey(of);
    const line = await page.locator('textarea[readonly]').inputValue();
    const printing = tab.page.waitForEvent('console');
    const tools = await browser.openDevTools(tab.page);
    const prompt = tools.getByRole('textbox', { name: 'Console prompt' });
    await prompt.click();
    await tools.keyboard.insertText(line);
    await tools.keyboard.press('Enter');
    const printed = (await printing).text();
    await tools.getByText('"authenticatorData"').first().waitFor();
    // For docs/passkeys.md.
    await takePicture(tools, 'passkey-devtools');
    await tools.close();
    await page.locator('textarea[name="assertion"]').fill(printed);
    await page.getByRole('button', { name: 'Send to WhatsApp' }).click();
    await page.getByText(/Continue on the phone|linking the device|links the device|is linked/).waitFor();
    await wabus.awaitState(of.session, 'open');
    await page.goto(of.url);
    await page.getByText('The account is linked').waitFor();
    await Promise.all([tab.page.close(), page.close()]);
  }, 120_000);
});

/** Pastes a line into the console of the developer tools, with its own commands available. Returns the printed text. */
async function pasteIntoConsole(page: Page, line: string): Promise<string> {
  const printing = page.waitForEvent('console');
  const devtools = await page.context().newCDPSession(page);
  const { exceptionDetails } = await devtools.send('Runtime.evaluate', {
    expression: line,
    includeCommandLineAPI: true,
    awaitPromise: true,
    userGesture: true
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return (await printing).text();
}
