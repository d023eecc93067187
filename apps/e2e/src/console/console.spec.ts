import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, CDPSession } from 'playwright-core';
import type { OwnershipView } from '@wabus/contracts';
import { WebhookReceiver, type SimulatedAccount } from '@wabus/testing';
import { OldGateways } from '../import/old-gateway.fixture.js';
import { WabusFixture } from '../wabus.fixture.js';
import { seriousViolations } from './accessibility-check.js';
import { chromiumToTest, launchBrowser } from './browser.launcher.js';
import { Visitor } from './console-visitor.js';
import { takePicture } from './picture.writer.js';
import { TransferMeasurement } from './transfer.measurement.js';

/** A checkered label, 120 pixels wide. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAHgAAABQAQMAAADoVSPKAAAABlBMVEUKhWDn+PJlp2zoAAAAJUlEQVR42mNgsP/A/B+JGGz8/wf4/yARg44/Gn6j4TcafkM2/AAVwFXH6ocWFwAAAABJRU5ErkJggg==',
  'base64'
);

/** The members of an `<img>` that the test uses; these tests are compiled without browser types. */
interface Picture {
  decode(): Promise<void>;
  readonly naturalWidth: number;
}

const suite = chromiumToTest() === null && !process.env['CI'] ? describe.skip : describe;

/** One product and one browser for all tests: they build on each other, like a day at the console. */
suite('the console in Chromium', () => {
  let wabus: WabusFixture;
  let browser: Browser;
  let visitor: Visitor;
  let receiver: WebhookReceiver;
  let old: OldGateways;
  let phone: SimulatedAccount;
  let ana: SimulatedAccount;
  /** Path of the page of the webhook that was created. */
  let webhook: string;

  const anasChat = (): string => `chats/sales/${ana.phoneNumber}@s.whatsapp.net`;
  const pages = (): string[] => [
    'sessions',
    'sessions/sales',
    'chats/sales',
    anasChat(),
    'events',
    'webhooks',
    webhook,
    'tokens',
    'connectors',
    'health',
    'no/such/page'
  ];
  /** Returns the name for the pictures of a page. */
  const nameOf = (path: string): string => {
    const names: Record<string, string> = {
      [anasChat()]: 'chat',
      [webhook]: 'webhook',
      'sessions/sales': 'session',
      'chats/sales': 'chats'
    };
    return names[path] ?? (path === 'no/such/page' ? 'not-found' : path);
  };

  beforeAll(async () => {
    receiver = await WebhookReceiver.listen();
    // In sequence, so that the processes that have been started are known, and ended, if the next one fails.
    browser = await launchBrowser();
    wabus = await WabusFixture.start({
      // QR codes change fast enough for the test to observe it.
      connectorEnv: { WABUS_QR_TIMEOUT_MS: '4000' },
      edgeEnv: {
        WABUS_EGRESS_ALLOW: '127.0.0.1',
        WABUS_CLOUD_API: 'true',
        WABUS_EDGE_TOKEN_IN_QUERY: 'true',
        WABUS_WEBHOOK_RETRY_BASE_MS: '50',
        WABUS_WEBHOOK_MAX_ATTEMPTS: '2',
        WABUS_MODELS_LEASE_MS: '800'
      }
    });
    old = new OldGateways(wabus);
    visitor = await Visitor.arrive(browser, wabus.edge.url);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await wabus?.stop();
    old?.remove();
    await receiver?.[Symbol.asyncDispose]();
  }, 60_000);

  it('loads at most 150 KB before the login is usable', async () => {
    const stranger = await Visitor.arrive(browser, wabus.edge.url);
    const transfer = await TransferMeasurement.begin(stranger.page, 'form');
    await stranger.page.reload();
    await stranger.page.getByRole('textbox', { name: 'Access token' }).waitFor();
    await expect(transfer.bytesUntil('usable')).resolves.toBeLessThanOrEqual(150_000);
    await stranger.leave();
  }, 60_000);

  it('refuses an unknown token, with the code and the remedy', async () => {
    const { page } = visitor;
    await page.keyboard.type('not-a-token-of-this-edge');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await expect(alert.textContent()).resolves.toMatch(/UNAUTHORIZED/);
    await expect(alert.textContent()).resolves.toContain('Log in again with a valid token.');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('login');
  }, 60_000);

  it('links a session by pairing code with the keyboard alone', async () => {
    const { page } = visitor;
    await visitor.tabTo(page.getByRole('textbox', { name: 'Access token' }));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(wabus.token);
    await page.keyboard.press('Enter');
    const create = page.getByRole('button', { name: 'New session' });
    await create.waitFor();
    await page.locator('[data-step="link"][data-done="false"]').waitFor();
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('first-steps');
    await visitor.tabTo(create);
    await page.keyboard.press('Enter');
    const id = page.getByRole('textbox', { name: 'Session id' });
    await id.waitFor();
    await visitor.tabTo(id);
    await page.keyboard.type('support');
    await page.keyboard.press('Enter');
    const byQr = page.getByRole('tab', { name: 'QR code' });
    await byQr.waitFor();
    await visitor.tabTo(byQr);
    await page.keyboard.press('ArrowRight');
    const account = await wabus.control.createAccount({ name: 'Support' });
    await wabus.awaitState('support', 'pairing');
    await visitor.tabTo(page.getByRole('textbox', { name: 'Phone number of the account' }));
    await page.keyboard.type(`+${account.phoneNumber}`);
    await page.keyboard.press('Enter');
    const shown = page.locator('[data-pairing-code]');
    await shown.waitFor();
    await visitor.pictures('pairing-code');
    await wabus.control.enterPairingCode({ phoneNumber: account.phoneNumber, code: (await shown.getAttribute('data-pairing-code'))! });
    await page.locator('[data-state="open"]').waitFor();
    await expect(page.locator('[data-pairing]').count()).resolves.toBe(0);
  }, 90_000);

  it('keeps a login in a cookie that no script reads', async () => {
    const { page, context } = visitor;
    expect(page.url()).not.toContain(wabus.token);
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([{ name: 'wabus-login', httpOnly: true, sameSite: 'Strict', path: '/', expires: -1 }]);
    const readable = await page.evaluate<string>('JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])');
    for (const secret of [wabus.token, cookies[0]!.value]) expect(readable).not.toContain(secret);
    await page.reload();
    await page.locator('[data-state="open"]').waitFor();
    const tab = await Visitor.enter(context, wabus.edge.url);
    await tab.settled();
    await tab.page.close();
    expect(tab.faults).toEqual([]);
  }, 60_000);

  it('logs in once with the printed link, and logs out', async () => {
    const { body } = await wabus.edge.post<{ code: string }>('/api/logins/codes');
    const guest = await Visitor.arrive(browser, wabus.edge.url);
    await guest.open(`/#login=${body.code}`);
    await guest.settled();
    expect(guest.page.url()).not.toContain(body.code);
    await guest.page.getByRole('button', { name: 'About this login' }).click();
    await guest.page.getByRole('menuitem', { name: 'Log out' }).click();
    await guest.page.getByRole('textbox', { name: 'Access token' }).waitFor();
    await guest.page.goto('about:blank');
    await guest.open(`/#login=${body.code}`);
    await guest.page.getByText('This link was used before').waitFor();
    await expect(guest.context.cookies()).resolves.toEqual([]);
    await guest.leave();
  }, 60_000);

  it(
    'loads at most 150 KB before the list is usable',
    () => expect(visitor.bytesOfList('usable')).resolves.toBeLessThanOrEqual(150_000),
    60_000
  );

  it('shows fresh QR codes and removes them after the scan', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: 'Sessions' }).first().click();
    await page.locator('[data-step="link"][data-done="true"]').waitFor();
    await page.getByRole('button', { name: 'New session' }).click();
    await page.getByRole('textbox', { name: 'Session id' }).fill('sales');
    await page.getByRole('button', { name: 'Create and link' }).click();
    const image = page.getByRole('img', { name: 'QR code to link sales' });
    await image.waitFor();
    const first = await image.getAttribute('src');
    await page.locator('img[data-attempt="2"]').waitFor();
    await expect(image.getAttribute('src')).resolves.not.toBe(first);
    await visitor.pictures('pairing-qr');
    phone = await wabus.control.createAccount({ name: 'Front desk' });
    await wabus.scan('sales', phone);
    await page.locator('[data-state="open"]').waitFor();
    await page.getByText(`Linked to +${phone.phoneNumber}`).waitFor();
    await expect(image.count()).resolves.toBe(0);
    await visitor.pictures('session-linked');
  }, 90_000);

  it(
    'loads at most 170 KB before the list is live',
    () => expect(visitor.bytesOfList('live')).resolves.toBeLessThanOrEqual(170_000),
    60_000
  );

  it('shows an incoming message and sends a reply', async () => {
    const { page } = visitor;
    await wabus.control.awaitDevice({ phoneNumber: phone.phoneNumber, online: true });
    ana = await wabus.control.createAccount({ name: 'Ana' });
    await visitor.open('/chats/sales');
    await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: 'Is the order ready?' } });
    await page.locator('[data-jid]').first().click();
    await page.locator('[data-message]').getByText('Is the order ready?').waitFor();
    await page.getByRole('heading', { name: 'Ana', exact: true }).waitFor();
    const write = page.getByRole('textbox', { name: 'Write a message' });
    await write.fill('Yes, from ten o’clock on.');
    await write.press('Enter');
    await page.locator('[data-message][data-mine="true"]').getByText('Yes, from ten o’clock on.').waitFor();
    const received = await wabus.control.received({ phoneNumber: ana.phoneNumber, atLeast: 1 });
    expect(JSON.stringify(received)).toContain('Yes, from ten o’clock on.');
    await expect(page.locator('[data-outgoing]').count()).resolves.toBe(0);
  }, 60_000);

  it('sends a file with a caption, and shows a received file', async () => {
    const { page } = visitor;
    await page.locator('input[type=file]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: PNG });
    await page.getByText('dot.png').waitFor();
    await page.getByRole('textbox', { name: 'Write a message' }).fill('the label');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = page.locator('[data-message][data-mine="true"]').filter({ hasText: 'the label' });
    await sent.waitFor();
    const received = await wabus.control.received({ phoneNumber: ana.phoneNumber, atLeast: 2 });
    expect(JSON.stringify(received)).toContain('imageMessage');
    await sent.getByRole('button', { name: 'Picture' }).click();
    const picture = sent.getByRole('img', { name: 'Picture' });
    await picture.waitFor();
    await expect(
      picture.evaluate((image: unknown) => (image as Picture).decode().then(() => (image as Picture).naturalWidth))
    ).resolves.toBe(120);
  }, 60_000);

  it('resumes after a restart of the edge, without gaps', async () => {
    const { page } = visitor;
    const events = await Visitor.arrive(browser, wabus.edge.url);
    await events.logIn(wabus.token);
    await events.open('/events');
    await events.settled();
    await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: 'before' } });
    await events.page.locator('[data-event="messages.upsert"]').filter({ hasText: 'before' }).waitFor();

    const tab = await Visitor.enter(visitor.context, wabus.edge.url);
    await tab.settled();
    const port = Number(new URL(wabus.edge.url).port);
    await wabus.edges.splice(0)[0]!.stop();
    await page.locator('[data-live="offline"]').waitFor();
    await visitor.pictures('offline');
    // A page that has not been loaded yet appears once the edge is back.
    await tab.page.getByRole('link', { name: 'Health' }).click();
    await tab.page.getByText('This page could not be loaded').waitFor();
    await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: 'while nobody listened' } });
    wabus.clients.splice(0).forEach(client => client.close());
    await wabus.startEdge(port);
    await page.locator('[data-live="live"]').waitFor();
    await tab.page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
    await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: 'after' } });

    for (const text of ['before', 'while nobody listened', 'after'])
      await page.locator('[data-message]').getByText(text, { exact: true }).waitFor();
    const upserts = events.page.locator('[data-event="messages.upsert"]');
    await upserts.filter({ hasText: 'after' }).waitFor();
    // Newest first, each once: none is lost, none is repeated.
    const texts = (await upserts.allTextContents()).map(text => /: (.*)$/.exec(text)?.[1]);
    expect(texts).toEqual(['after', 'while nobody listened', 'before']);
    await events.leave();
  }, 90_000);

  it('shows the payload of an event, and stops while paused', async () => {
    const { page } = visitor;
    await visitor.open('/events');
    await page.getByRole('combobox', { name: 'From' }).or(page.getByLabel('From')).first().click();
    await page.getByRole('option', { name: 'Last hour' }).click();
    await page.locator('[data-event="messages.upsert"]').first().click();
    await page.getByText('"conversation": "after"').waitFor();
    await visitor.pictures('events-of-a-session');
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await page.locator('[data-event]').count();
    await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: 'held back' } });
    await page.getByText(/Paused · [1-9]\d* waiting/).waitFor();
    await expect(page.locator('[data-event]').count()).resolves.toBe(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.locator('[data-event="messages.upsert"]').filter({ hasText: 'held back' }).waitFor();
  }, 60_000);

  it('creates, tests and redrives a webhook; shows a secret once', async () => {
    const { page } = visitor;
    receiver.answerWith(() => 500);
    await visitor.open('/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await page.getByRole('textbox', { name: 'Name or note' }).fill('CRM');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.locator('[data-secret]').textContent()).resolves.toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('link', { name: 'CRM' }).click();
    await page.getByRole('heading', { name: 'CRM', level: 1 }).waitFor();
    webhook = new URL(page.url()).pathname.slice(1);
    await page.getByRole('button', { name: 'Test' }).click();
    await page.locator('[data-test="failed"]').waitFor();
    for (const text of ['for the CRM', 'and one more'])
      await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: text } });
    await page.locator('[data-outcome="dead"]').first().waitFor();
    await page.getByRole('tab', { name: /Dead letters/ }).click();
    const letters = page.locator('[data-letter]');
    await letters.nth(1).waitFor();
    await visitor.pictures('webhook-dead-letters');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    receiver.forget();
    receiver.answerWith(() => 204);
    // First a single one, and then the others.
    const first = await letters.first().getAttribute('data-letter');
    await letters.first().getByRole('button', { name: 'Deliver again' }).click();
    await page.locator(`[data-letter="${first}"]`).waitFor({ state: 'detached' });
    await expect(letters.count()).resolves.toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Deliver all again' }).click();
    await page.getByText('No event has failed permanently.').waitFor();
    expect(receiver.deliveries.some(({ body }) => body.includes('for the CRM'))).toBe(true);
    await page.getByRole('tab', { name: 'Deliveries' }).click();
    await page.locator('[data-outcome="delivered"]').first().getByRole('button', { name: 'Show' }).click();
    await page.locator('[data-body]').waitFor();
    await visitor.pictures('webhook-delivery');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    const deliveredBefore = receiver.deliveries.length;
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('dialog').locator('[data-test="delivered"]').waitFor();
    expect(receiver.deliveries.length).toBeGreaterThan(deliveredBefore);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Test' }).click();
    await page.locator('[data-test="delivered"]').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('[data-webhook-state="paused"]').waitFor();
  }, 90_000);

  it('selects the format of a webhook and shows it', async () => {
    const { page } = visitor;
    const choose = async (format: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Event format' }).or(page.getByLabel('Event format')).first().click();
      await page.getByRole('option', { name: format }).click();
    };
    await visitor.open('/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await page.getByRole('textbox', { name: 'Name or note' }).fill('Inbox');
    await choose('Evolution API');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    // The edge of this test serves one of them.
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await choose('WhatsApp Cloud API');
    await page.getByLabel('App secret').first().fill('secret-of-the-app');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('webhook-form');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByText('Messages typed on a phone').waitFor();
    await page.getByText('WhatsApp Cloud API').waitFor();
  }, 60_000);

  it('creates a token whose permissions last until revoked', async () => {
    const { page } = visitor;
    await visitor.open('/tokens');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('wall display');
    await visitor.pictures('token-form');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const token = (await page.locator('[data-secret]').textContent())!;
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.locator('[data-login]').first().waitFor();
    await page.getByText('wall display').waitFor();
    await expect(page.getByText(token).count()).resolves.toBe(0);
    await visitor.pictures('token-made');

    const reader = await Visitor.arrive(browser, wabus.edge.url);
    await reader.logIn(token);
    await reader.page.locator('[data-session="sales"]').waitFor();
    await expect(reader.page.getByRole('button', { name: /New session|Stop|Restart/ }).count()).resolves.toBe(0);
    for (const name of ['Webhooks', 'Tokens', 'Connectors']) await expect(reader.page.getByRole('link', { name }).count()).resolves.toBe(0);
    await reader.open(`/${anasChat()}`);
    await reader.page.locator('[data-message]').first().waitFor();
    await expect(reader.page.getByRole('textbox', { name: 'Write a message' }).count()).resolves.toBe(0);

    await page.getByRole('button', { name: 'Revoke wall display' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await reader.page.getByRole('textbox', { name: 'Access token' }).waitFor();
    await reader.page.getByText('Your login has ended').waitFor();
    expect(reader.faults).toEqual([]);
    await reader.leave();
  }, 90_000);

  it('shows when a version ends and why a login was refused', async () => {
    const { page } = visitor;
    const { phoneNumber } = phone;
    await visitor.open('/sessions/sales');
    await page.getByText('not announced').waitFor();
    await wabus.control.announceExpiration({ phoneNumber, t: '1924992000' });
    await page.getByText(/1 Jan 2031/).waitFor();
    // A ban of an hour, in the form of whatsmeow's `TempBanReason`.
    await wabus.control.setFaults({ phoneNumber, faults: { refuseLoginWith: { reason: 402, code: '101', expire: '3600' } } });
    await wabus.control.disconnect({ phoneNumber, how: 'close' });
    await page.getByText('The account wrote to too many people who do not have it as a contact.').waitFor();
    await page.getByText(/WhatsApp refuses this account until/).waitFor();
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await wabus.control.setFaults({ phoneNumber, faults: {} });
    await page.getByRole('button', { name: 'More for sales' }).click();
    await page.getByRole('menuitem', { name: 'Restart' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
    await page.locator('[data-state="open"]').waitFor();
  }, 60_000);

  it('shows a contact without a number by name, and replies', async () => {
    const { page } = visitor;
    const hidden = await wabus.control.createAccount({ name: 'Nemo', hidesNumber: true, username: 'nemo.at.sea' });
    await visitor.open('/chats/sales');
    await wabus.control.sendMessage({ from: hidden.phoneNumber, to: phone.phoneNumber, message: { conversation: 'No number here' } });
    await page.locator(`[data-jid="${hidden.lidJid}"]`).click();
    await page.locator('[data-message]').getByText('No number here').waitFor();
    await page.getByRole('heading', { name: 'Nemo', exact: true }).waitFor();
    const write = page.getByRole('textbox', { name: 'Write a message' });
    await write.fill('Good to hear from you');
    await write.press('Enter');
    const received = await wabus.control.received({ phoneNumber: hidden.phoneNumber, atLeast: 1, waitMs: 10_000 });
    expect(received.map(({ text }) => text)).toEqual(['Good to hear from you']);
    await expect(page.content()).resolves.not.toContain(hidden.pnJid);
  }, 60_000);

  it('shows the owners of sessions and the health of the edge', async () => {
    const { page } = visitor;
    await visitor.open('/connectors');
    const connector = page.locator('[data-connector="c1"]');
    await connector.getByText('Ready').waitFor();
    await connector.getByRole('cell', { name: /^\d+ MB/ }).waitFor();
    await page.locator('[data-edge]').getByText('serves this page').waitFor();
    await expect(page.locator('[data-versions]').count()).resolves.toBe(0);
    await connector.getByRole('button', { name: 'Sessions of c1' }).focus();
    await page.keyboard.press('Enter');
    for (const session of ['sales', 'support']) await connector.getByRole('row', { name: session }).getByText('Connected').waitFor();
    await visitor.pictures('connectors-unfolded');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await connector.getByRole('link', { name: 'sales' }).click();
    await page.getByText(`+${phone.phoneNumber}`, { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Health' }).click();
    for (const check of ['Live events', 'Broker', 'Read models']) await page.locator(`[data-check="${check}"][data-well="true"]`).waitFor();
    await page.getByText(/Wabus \d+\.\d+\.\d+\./).waitFor();
    // The menu links to the document about the page, in the release of this version.
    const document = await page.getByRole('link', { name: 'Documentation' }).getAttribute('href');
    expect(document).toMatch(/\/blob\/v\d+\.\d+\.\d+\/docs\/operations\/monitoring\.md$/);
  }, 60_000);

  it('points out processes of another version', async () => {
    const { page } = visitor;
    // The response of an edge while another edge runs an earlier release.
    await page.route('**/api/connectors', async route => {
      const response = await route.fetch();
      const body = (await response.json()) as OwnershipView;
      const edges = [...body.edges, { ...body.edges[0]!, id: 'earlier', version: null, answering: false }];
      await route.fulfill({ response, json: { ...body, edges } });
    });
    await visitor.open('/connectors');
    const notice = page.locator('[data-versions]');
    await notice.getByText(/^\d+\.\d+\.\d+: c1, 1 edge$/).waitFor();
    await notice.getByText('An earlier version: 1 edge').waitFor();
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('connectors-versions');
    await page.unroute('**/api/connectors');
  }, 60_000);

  it('has no serious accessibility fault on any page or scheme', async () => {
    const { page } = visitor;
    const found: Record<string, string[]> = {};
    for (const path of pages()) {
      await page.emulateMedia({ colorScheme: 'light' });
      await visitor.open(`/${path}`);
      await visitor.settled();
      // The dark scheme differs only in colors.
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        found[`${path} ${colorScheme}`] = await seriousViolations(page, colorScheme === 'dark' ? 'color-contrast' : undefined);
      }
      await visitor.pictures(nameOf(path));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map(path => [path, []])));
    expect(Object.keys(found)).toHaveLength(2 * pages().length);
  }, 120_000);

  it('fits a phone: no overflow, and the menu reaches every page', async () => {
    const small = await Visitor.arrive(browser, wabus.edge.url, { width: 390, height: 844 });
    await small.logIn(wabus.token);
    for (const path of pages()) {
      await small.open(`/${path}`);
      await small.settled();
      await expect(small.overflow().then(pixels => [path, pixels])).resolves.toEqual([path, 0]);
    }
    await small.page.getByRole('button', { name: 'Menu' }).click();
    await small.page.getByRole('link', { name: 'Health' }).click();
    await small.page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
    await expect(seriousViolations(small.page)).resolves.toEqual([]);
    expect(small.faults).toEqual([]);
    await small.leave();
  }, 90_000);

  it('asks before destructive actions, and shows the outcome', async () => {
    const { page } = visitor;
    await visitor.open('/sessions/support');
    await page.getByRole('button', { name: 'Stop support' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect(wabus.session('support')).resolves.toMatchObject({ desired: 'running' });
    await page.getByRole('button', { name: 'Stop support' }).click();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await page.locator('[data-state="stopped"]').waitFor();
    await page.getByRole('button', { name: 'More for support' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.locator('[data-session="sales"]').waitFor();
    await page.locator('[data-session="support"]').waitFor({ state: 'detached' });
  }, 60_000);

  it('finds, selects and stops several sessions', async () => {
    const { page } = visitor;
    const shops = ['berlin-shop', 'lisbon-shop'];
    for (const [index, shop] of shops.entries()) {
      await wabus.edge.post('/api/sessions', { session: shop });
      await wabus.scan(shop, await wabus.control.createAccount({ name: ['Berlin', 'Lisboa'][index]! }));
      await wabus.awaitState(shop, 'open');
    }
    for (const session of ['new-number', 'warehouse']) await wabus.edge.post('/api/sessions', { session });
    await wabus.edge.post('/api/sessions/warehouse/stop');
    await visitor.open('/sessions');
    const rows = page.locator('li[data-session]');
    await page.locator('[data-session="new-number"] [data-state="pairing"]').waitFor();
    await page.locator('[data-session="warehouse"] [data-state="stopped"]').waitFor();
    await takePicture(page, 'readme');
    await page.getByRole('searchbox', { name: 'Search by id, name or number' }).fill('SHOP');
    await page.locator('[data-session="sales"]').waitFor({ state: 'detached' });
    expect(page.url()).toContain('q=SHOP');
    await page.getByRole('checkbox', { name: 'Select all 2 sessions' }).check();
    await page.getByRole('button', { name: 'Stop (2)' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await page.getByText('2 of 2 done').waitFor();
    for (const shop of shops) await page.locator(`[data-session="${shop}"] [data-state="stopped"]`).waitFor();
    await visitor.pictures('sessions-bulk');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    for (const session of [...shops, 'new-number', 'warehouse']) await wabus.edge.delete(`/api/sessions/${session}`);
    await visitor.open('/health');
    await page.getByRole('link', { name: /Connected/ }).click();
    await page.locator('[data-session="sales"]').waitFor();
    await expect(rows.count()).resolves.toBe(1);
  }, 60_000);

  it('lets a page listen with EventSource, which can set no header', async () => {
    const { page } = visitor;
    for (const path of ['/api/events', '/api/sessions/sales/events']) {
      const address = `${path}?events=messages.upsert&access_token=${wabus.token}`;
      const text = `for EventSource at ${path}`;
      await page.evaluate(`new Promise((resolve, reject) => {
        window.source = new EventSource(${JSON.stringify(address)});
        window.received = new Promise(received => source.addEventListener('messages.upsert', ({ data }) => data.includes(${JSON.stringify(text)}) && received(data)));
        source.onopen = resolve;
        source.onerror = () => reject(new Error('readyState ' + source.readyState));
      })`);
      await wabus.control.sendMessage({ from: ana.phoneNumber, to: phone.phoneNumber, message: { conversation: text } });
      const received = JSON.parse(await page.evaluate<string>('received.finally(() => source.close())')) as unknown;
      expect(received).toMatchObject({ session: 'sales', event: 'messages.upsert' });
    }
  }, 60_000);

  it('imports a session dropped as a folder, with progress', async () => {
    const { page } = visitor;
    const { account, folder } = await old.leave();
    await openBringing('dropped');
    // Slow enough for the test to observe it.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 40_000
    });
    await drop(devtools, folder);
    await page
      .getByRole('status')
      .getByText(/Uploading: \d+%/)
      .waitFor();
    await visitor.pictures('session-import');
    // The progress has been observed; the rest may be fast.
    await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await page.getByText(/Imported: [1-9]\d+ records/).waitFor({ timeout: 60_000 });
    await page.locator('[data-state="open"]').waitFor();
    await page.getByText(`+${account.phoneNumber}`, { exact: true }).first().waitFor();
    await devtools.detach();
  }, 120_000);

  it('imports a device once from an archive that two users drop', async () => {
    const { folder } = await old.leave();
    const archive = old.place('session.tar');
    await promisify(execFile)('tar', ['-cf', archive, '-C', dirname(folder), basename(folder)]);
    const second = await Visitor.arrive(browser, wabus.edge.url);
    await second.logIn(wabus.token);
    const twins = [visitor, second];
    await openBringing('twin-1', visitor);
    await openBringing('twin-2', second);
    await Promise.all(
      twins.map(async ({ page }) => {
        const choice = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose a file' }).click();
        await (await choice).setFiles(archive);
      })
    );
    const open = ({ page }: Visitor) => page.locator('[data-state="open"]');
    const refused = ({ page }: Visitor) => page.getByRole('alert').getByText(/(linked in|imported as) session "twin-[12]"/);
    await Promise.all(twins.map(twin => open(twin).or(refused(twin)).first().waitFor({ timeout: 60_000 })));
    await expect(Promise.all(twins.map(twin => refused(twin).count()))).resolves.toEqual(expect.arrayContaining([0, 1]));
    await second.leave();
  }, 120_000);

  /** Creates a session and opens its import tab. */
  async function openBringing(session: string, whose = visitor): Promise<void> {
    const { page } = whose;
    await wabus.edge.post('/api/sessions', { session });
    await whose.open(`/sessions/${session}`);
    await page.getByRole('tab', { name: 'Import' }).click();
    await page.getByRole('checkbox', { name: /old gateway is stopped/ }).check();
  }

  /** Drops a file or folder of this machine on the field, as the file manager does. */
  async function drop(devtools: CDPSession, path: string): Promise<void> {
    const field = visitor.page.locator('[data-drop]');
    await field.scrollIntoViewIfNeeded();
    const { x, y } = (await field.boundingBox())!;
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: x + 20, y: y + 20, data });
  }

  it('violates no content security policy, and uses only the edge', () => {
    expect(visitor.faults).toEqual([]);
  });
});
