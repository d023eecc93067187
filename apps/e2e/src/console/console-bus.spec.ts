import { createHmac } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { WabusClient, type SessionView } from '@wabus/sdk';
import { awaitCondition, WebhookReceiver, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';
import { seriousViolations } from './accessibility-check.js';
import { chromiumToTest, launchBrowser } from './browser.launcher.js';
import { Visitor } from './console-visitor.js';
import { registerShops, shops } from './many-sessions.fixture.js';
import { RenderingMeasurement } from './rendering.measurement.js';

const suite = chromiumToTest() === null && !process.env['CI'] ? describe.skip : describe;

/** A host name that browsers do not consider secure without https, unlike 127.0.0.1. */
const PLAIN_HOST = 'console.test';

/** Events, webhooks, durable subscriptions and commands: one product and one browser; the tests build on each other. */
suite('the bus in the console', () => {
  let wabus: WabusFixture;
  let browser: Browser;
  let visitor: Visitor;
  let receiver: WebhookReceiver;
  let client: WabusClient;
  let phone: SimulatedAccount;
  let ana: SimulatedAccount;
  let ben: SimulatedAccount;
  /** Paths of pages that the tests created. */
  let eventPage = '';
  let webhookPage = '';

  const write = (from: SimulatedAccount, text: string): Promise<unknown> =>
    wabus.control.sendMessage({ from: from.phoneNumber, to: phone.phoneNumber, message: { conversation: text } });
  const upserts = (text: string) => visitor.page.locator('[data-event="messages.upsert"]').filter({ hasText: text });
  const pick = async (field: string, option: string): Promise<void> => {
    const { page } = visitor;
    await page
      .getByRole('combobox', { name: field, exact: true })
      .or(page.getByLabel(field, { exact: true }))
      .first()
      .click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  beforeAll(async () => {
    receiver = await WebhookReceiver.listen();
    browser = await launchBrowser([`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`]);
    wabus = await WabusFixture.start({
      edgeEnv: {
        WABUS_EGRESS_ALLOW: '127.0.0.1',
        WABUS_WEBHOOK_RETRY_BASE_MS: '50',
        WABUS_WEBHOOK_MAX_ATTEMPTS: '2',
        WABUS_MODELS_LEASE_MS: '800'
      }
    });
    client = new WabusClient({ url: wabus.edge.url, token: wabus.token });
    phone = await wabus.pair('sales');
    [ana, ben] = await Promise.all([wabus.control.createAccount({ name: 'Ana' }), wabus.control.createAccount({ name: 'Ben' })]);
    visitor = await Visitor.arrive(browser, wabus.edge.url);
    await visitor.logIn(wabus.token);
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await browser?.close();
    await wabus?.stop();
    await receiver?.[Symbol.asyncDispose]();
  }, 60_000);

  it('shows one expandable row for a received message', async () => {
    const { page } = visitor;
    await visitor.open('/events');
    await visitor.settled();
    await write(ana, 'the needle');
    const row = page.getByRole('listitem').filter({ has: upserts('the needle') });
    const unfold = row.getByRole('button', { name: /came with it/ });
    await unfold.waitFor();
    const companion = row.locator('[data-event="contacts.update"], [data-event="chats.update"], [data-event="chats.upsert"]');
    await expect(companion.count()).resolves.toBe(0);
    await unfold.focus();
    await page.keyboard.press('Enter');
    await companion.first().waitFor();
    await visitor.pictures('events-unfolded');
  }, 60_000);

  it('finds events by text, chat and time in the past', async () => {
    const { page } = visitor;
    await write(ben, 'the hay');
    await upserts('the hay').waitFor();
    await visitor.open('/events');
    await pick('From', 'Last hour');
    await upserts('the hay').waitFor();
    await page.getByRole('textbox', { name: 'Search' }).fill('NEEDLE');
    await upserts('the needle').waitFor();
    await upserts('the hay').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Search' }).fill('');
    await upserts('the hay').waitFor();
    await page.getByRole('combobox', { name: 'Chats' }).fill(`+${ben.phoneNumber}`);
    await page.keyboard.press('Enter');
    await upserts('the hay').waitFor();
    await upserts('the needle').waitFor({ state: 'detached' });
    // With an end, the console reads the past page by page.
    await page.getByLabel('End').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16));
    await upserts('the hay').waitFor();
    await page.getByText('Reading the past').waitFor({ state: 'detached' });
    await expect(upserts('the needle').count()).resolves.toBe(0);
    await expect(seriousViolations(page)).resolves.toEqual([]);
  }, 60_000);

  it('collapses a payload, and reopens an event by its link', async () => {
    const { page } = visitor;
    await upserts('the hay').click();
    await page.getByText('"conversation": "the hay"').waitFor();
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await page.getByText('"conversation": "the hay"').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Permalink' }).click();
    const heading = page.getByRole('heading', { name: 'messages.upsert', level: 1 });
    await heading.waitFor();
    // The filters are still there.
    await page.goBack();
    await upserts('the hay').waitFor();
    await page.getByText('Reading the past').waitFor({ state: 'detached' });
    await expect(upserts('the needle').count()).resolves.toBe(0);
    await page.goForward();
    await heading.waitFor();
    eventPage = page.url().slice(wabus.edge.url.length + 1);
    await page.reload();
    await page.getByText('"conversation": "the hay"').waitFor();
    await page.getByRole('button', { name: 'As curl or SDK' }).click();
    const code = (await page.locator('[data-snippet="curl"]').first().textContent())!;
    const address = /'(http[^']+)'/.exec(code)![1]!;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${wabus.token}` } });
    expect(JSON.stringify(await answer.json())).toContain('the hay');
    await visitor.pictures('event-snippets');
    await page.getByRole('link', { name: 'Show chat' }).click();
    await page.locator('[data-message]').filter({ hasText: 'the hay' }).waitFor();
    await visitor.open('/events/sales/cut-off?event=no.such');
    await page.getByText('This event is not in the log').waitFor();
  }, 60_000);

  it('shows how many events a paused list drops', async () => {
    const { page } = visitor;
    await visitor.open('/events');
    await visitor.settled();
    await page.getByRole('button', { name: 'Pause' }).click();
    await write(ana, 'held back');
    await page.getByText(/Paused · [1-9]\d* waiting/).waitFor();
    await expect(page.locator('[data-event]').count()).resolves.toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await upserts('held back').waitFor();
  }, 60_000);

  it('creates a webhook with headers, order, time limit and secret', async () => {
    const { page } = visitor;
    receiver.answerWith(() => ({ status: 422, body: 'customer id missing in row 17' }));
    await visitor.open('/webhooks');
    const create = page.getByRole('button', { name: 'New webhook' });
    await create.click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await create.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await page.getByRole('textbox', { name: 'Name or note' }).fill('Shop');
    await pick('Order', 'None');
    await page.getByRole('textbox', { name: 'Time limit' }).fill('20');
    await page.getByRole('textbox', { name: 'Own secret' }).fill('too short');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    // The button is at the end of the form and the error at its top.
    const box = () => dialog.getByRole('alert').boundingBox();
    await awaitCondition(box, found => found !== null && found.y >= 0, { what: 'the error in view' });
    await page.getByRole('button', { name: 'Generate' }).click();
    const secret = await page.getByRole('textbox', { name: 'Own secret' }).inputValue();
    const headers = page.getByRole('textbox', { name: 'Headers' });
    await headers.fill('no header');
    await page.getByText('This line is not a header').waitFor();
    await headers.fill('X-Shop: 7');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('webhook-form-sending');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.locator('[data-secret]').textContent()).resolves.toBe(secret);
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
    webhookPage = new URL(page.url()).pathname.slice(1);
    await page.getByText('20 s').waitFor();
  }, 60_000);

  it('shows request and response of an attempt, and repeats one', async () => {
    const { page } = visitor;
    await write(ana, 'row 17');
    const refused = page.locator('[data-outcome="dead"]').first();
    await refused.getByText('customer id missing in row 17').waitFor();
    await page.locator('[data-refusals]').waitFor();
    await refused.getByRole('button', { name: 'Show' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-answer]').getByText('customer id missing in row 17').first().waitFor();
    await dialog.getByText('Headers of the request').click();
    await dialog.getByText(/webhook-attempt: 1/).waitFor();
    await visitor.pictures('webhook-attempt');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    receiver.forget();
    receiver.answerWith(() => 204);
    await write(ana, 'row 18');
    await page.getByRole('radiogroup', { name: 'Filter' }).getByText('Delivered').click();
    const delivered = page.locator('[data-outcome="delivered"]');
    await delivered.first().waitFor();
    await page.locator('[data-outcome="dead"]').first().waitFor({ state: 'detached' });
    await page.locator('[data-chart]').waitFor();
    const upsert = delivered.filter({ hasText: 'messages.upsert' }).first();
    await upsert.getByRole('button', { name: 'Show' }).click();
    const before = receiver.deliveries.length;
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.locator('[data-test="delivered"]').waitFor();
    expect(receiver.deliveries.length).toBeGreaterThan(before);
    expect(receiver.deliveries.at(-1)!.headers['x-shop']).toBe('7');
    await dialog.getByRole('link', { name: 'Show event' }).click();
    await page.getByText('"conversation": "row 18"').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('menuitem', { name: 'Shop' }).click();
    await page.getByText('The webhook answered HTTP 204.').waitFor();
  }, 60_000);

  it('rotates the secret of a webhook and shows it once', async () => {
    const { page } = visitor;
    const { headers: before } = receiver.deliveries.at(-1)!;
    expect(String(before['webhook-signature']).split(' ')).toHaveLength(1);
    await visitor.open(`/${webhookPage}`);
    await page.getByRole('button', { name: 'Rotate secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Own secret' }).fill('too short');
    await dialog.getByRole('button', { name: 'Rotate secret' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: 'Own secret' }).fill('');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    await page.route('**/api/webhooks/*', route => held.then(() => route.continue()));
    await dialog.getByRole('button', { name: 'Rotate secret' }).click();
    // Until the edge responds, the dialog stays open: closing it would lose the secret.
    await dialog.locator('button:disabled').filter({ hasText: 'Cancel' }).waitFor();
    await page.keyboard.press('Escape');
    release();
    const secret = (await page.locator('[data-secret]').textContent())!;
    expect(secret).toMatch(/^whsec_/);
    await page.unroute('**/api/webhooks/*');
    await dialog.getByText('Requests are also signed with the old one until').waitFor();
    await visitor.pictures('webhook-secret');
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await expect(page.getByText(secret).count()).resolves.toBe(0);
    await page.getByRole('button', { name: 'Test' }).click();
    await page.locator('[data-test="delivered"]').waitFor();
    const { headers, body } = receiver.deliveries.at(-1)!;
    const signatures = String(headers['webhook-signature']).split(' ');
    const signed = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'));
    signed.update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`);
    expect(signatures).toHaveLength(2);
    expect(signatures[0]).toBe(`v1,${signed.digest('base64')}`);
  }, 60_000);

  it('shows what is waiting for a webhook, and what waited', async () => {
    const { page } = visitor;
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    receiver.answerWith(async () => {
      await held;
      return 204;
    });
    for (const text of ['one', 'two', 'three']) await write(ben, text);
    await visitor.open('/webhooks');
    const backlog = page.locator('[data-backlog]');
    await backlog.getByText(/[1-9]\d* events? waits? · oldest/).waitFor();
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
    await backlog.waitFor();
    release();
    await backlog.waitFor({ state: 'detached' });
    await page
      .locator('[data-waiting]')
      .getByText(/At most [1-9]\d* events? waited/)
      .waitFor();
  }, 60_000);

  it('copies on a page without https too', async () => {
    const plain = await Visitor.arrive(browser, wabus.edge.url.replace('127.0.0.1', PLAIN_HOST));
    const { page } = plain;
    await plain.logIn(wabus.token);
    await plain.open('/subscriptions');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByRole('link', { name: 'Commands' }).click();
    const search = page.getByRole('textbox', { name: 'Search commands' });
    await search.focus();
    await page.keyboard.press('Control+V');
    await expect(search.inputValue()).resolves.toContain('new WabusClient');
    await plain.leave();
  }, 60_000);

  it('lists a durable subscription and redrives a dead letter', async () => {
    const { page } = visitor;
    const handled: string[] = [];
    let fails = true;
    await client.durable('orders', { events: ['messages.upsert'], maxDeliveries: 1 }, event => {
      if (fails) throw new Error('the shop is closed');
      handled.push(JSON.stringify(event.data));
    });
    await write(ana, 'an order');
    await write(ben, 'another order');
    await visitor.open('/subscriptions');
    await page.locator('[data-subscription="orders"] [data-subscription-state="dead"]').waitFor();
    await visitor.pictures('subscriptions-dead');
    await page.getByRole('link', { name: 'orders' }).click();
    const letters = page.locator('[data-letter]');
    await letters.nth(1).waitFor();
    const letter = letters.first();
    await letter.getByText('the shop is closed').waitFor();
    await letter.getByRole('button', { name: 'Show' }).click();
    await letter.getByText('"conversation": "an order"').waitFor();
    await visitor.pictures('subscription-letter');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    fails = false;
    const first = await letter.getAttribute('data-letter');
    await letter.getByRole('button', { name: 'Deliver again' }).click();
    await page.locator(`[data-letter="${first}"]`).waitFor({ state: 'detached' });
    await expect(letters.count()).resolves.toBe(1);
    expect([handled.join().includes('an order'), handled.join().includes('another order')]).toEqual([true, false]);
    await page.getByRole('button', { name: 'Deliver all again' }).click();
    await page.getByText('No dead letters').waitFor();
    expect(handled.join()).toContain('another order');
  }, 60_000);

  it('deletes a durable subscription after a confirmation', async () => {
    const { page } = visitor;
    await client.durable('errand', { events: ['call'] }, () => undefined);
    await visitor.open('/subscriptions/errand');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Programs that use it lose their subscription.').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.locator('[data-subscription="orders"]').waitFor();
    await page.locator('[data-subscription="errand"]').waitFor({ state: 'detached' });
    const { body } = await wabus.edge.get<{ subscriptions: { name: string }[] }>('/api/subscriptions');
    expect(body.subscriptions.map(({ name }) => name)).toEqual(['orders']);
    await visitor.open('/subscriptions/errand');
    await page.getByText('There is no such subscription').waitFor();
  }, 60_000);

  it('runs a command with the keyboard after checking its fields', async () => {
    const { page } = visitor;
    await visitor.open('/commands');
    const search = page.getByRole('textbox', { name: 'Search commands' });
    // Tab key presses while the page loads have no effect.
    await search.waitFor();
    await visitor.tabTo(search);
    await page.keyboard.type('sendmessage');
    const link = page.locator('[data-command="sendMessage"]');
    await link.waitFor();
    await visitor.tabTo(link);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'sendMessage' }).waitFor();
    const content = page.getByRole('textbox', { name: /^content/ });
    await page.getByRole('textbox', { name: /^jid/ }).fill(`${ana.phoneNumber}@s.whatsapp.net`);
    await content.fill('{"text": 5}');
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await visitor.tabTo(run);
    await page.keyboard.press('Enter');
    await page.locator('[data-fault="content"]').first().getByText('content.text').waitFor();
    await visitor.pictures('command-fault');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await content.fill('{"text": "from the explorer"}');
    await run.click();
    await page.locator('[data-run="done"]').getByText('"remoteJid"').waitFor();
    const received = await wabus.control.received({ phoneNumber: ana.phoneNumber, atLeast: 1, waitMs: 10_000 });
    expect(received.map(({ text }) => text)).toContain('from the explorer');
    await page.locator('[data-history="sendMessage"]').waitFor();
    await page.getByRole('button', { name: 'As curl, SDK or NATS' }).click();
    await page.getByText('wa.cmd.sales.sendMessage').waitFor({ state: 'detached' });
    await page.getByText('NATS', { exact: true }).click();
    await page.getByText("nats request 'wa.cmd.sales.sendMessage'").waitFor();
    await visitor.pictures('command-run');
  }, 60_000);

  it('shows a refused command with its code and remedy', async () => {
    const { page } = visitor;
    await visitor.open('/commands/groupMetadata');
    await page.getByRole('textbox', { name: /^jid/ }).fill('120363000000000000@g.us');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-run="failed"] [data-error-code]').waitFor();
  }, 60_000);

  it('offers a command only if the token permits it', async () => {
    const { body } = await wabus.edge.post<{ token: string }>('/api/tokens', { name: 'reader', scopes: ['read'], sessions: ['sales'] });
    const reader = await Visitor.arrive(browser, wabus.edge.url);
    await reader.logIn(body.token);
    await reader.open('/commands/sendMessage');
    await reader.page.getByText('it needs the scope send').or(reader.page.getByText('needs the scope send')).first().waitFor();
    await expect(reader.page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).resolves.toBe(true);
    await reader.open('/commands/getSession');
    await reader.page.getByRole('button', { name: 'Run', exact: true }).click();
    await reader.page.locator('[data-run="done"]').getByText('"session": "sales"').first().waitFor();
    await reader.open('/sessions/sales?tab=settings');
    await reader.page.getByText('it lacks the scope control').waitFor();
    await expect(reader.page.getByRole('textbox', { name: 'Proxy', exact: true }).isEditable()).resolves.toBe(false);
    await expect(reader.page.getByRole('button', { name: 'Save' }).count()).resolves.toBe(0);
    expect(reader.faults).toEqual([]);
    await reader.leave();
  }, 60_000);

  it('changes the settings of a session and explains errors', async () => {
    const { page } = visitor;
    const stored = () => wabus.edge.get<{ ignore: string[]; proxy: unknown; browser: unknown }>('/api/sessions/sales/settings');
    await visitor.open('/sessions');
    await page.getByRole('link', { name: 'sales' }).click();
    await page.getByRole('button', { name: 'Stop sales' }).click();
    // A dialog does not outlive its page.
    await page.getByRole('dialog').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goForward();
    await page.getByRole('tab', { name: 'Settings' }).click();
    const proxy = page.getByRole('textbox', { name: 'Proxy', exact: true });
    await proxy.fill('ftp://proxy.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('proxy must begin with http://, https:// or socks5://').waitFor();
    await expect(proxy.getAttribute('aria-invalid')).resolves.toBe('true');
    await expect(seriousViolations(page)).resolves.toEqual([]);
    await visitor.pictures('session-settings-fault');
    await proxy.fill('');
    await page.getByRole('checkbox', { name: 'Channels' }).check();
    await page.getByRole('textbox', { name: 'Name on the phone' }).fill('Shop');
    await pick('Addressing', 'As WhatsApp requires for the account');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Restart now' }).waitFor();
    const { body } = await stored();
    expect(body).toMatchObject({ ignore: ['channels'], addressing: 'auto', proxy: null, browser: { os: 'Shop', name: 'Chrome' } });
    await visitor.pictures('session-settings-restart');
  }, 60_000);

  it('has no serious accessibility fault and fits a phone', async () => {
    const { page } = visitor;
    const pages = {
      'events-live': 'events',
      event: eventPage,
      'webhooks-several': 'webhooks',
      'webhook-attempts': webhookPage,
      subscriptions: 'subscriptions',
      subscription: 'subscriptions/orders',
      commands: 'commands',
      command: 'commands/sendMessage',
      'session-settings': 'sessions/sales?tab=settings'
    };
    const found: Record<string, unknown> = {};
    await page.setViewportSize({ width: 1440, height: 900 });
    const small = await Visitor.arrive(browser, wabus.edge.url, { width: 390, height: 844 });
    await small.logIn(wabus.token);
    for (const [name, path] of Object.entries(pages)) {
      await page.emulateMedia({ colorScheme: 'light' });
      await Promise.all([visitor, small].map(one => one.open(`/${path}`)));
      await Promise.all([visitor, small].map(one => one.settled()));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
        found[`${name} ${colorScheme}`] = await seriousViolations(page, colorScheme === 'dark' ? 'color-contrast' : undefined);
      }
      found[`${name} overflow`] = await small.overflow();
      await visitor.pictures(name);
    }
    const longest = 'n'.repeat(64);
    await wabus.edge.post('/api/sessions', { session: longest });
    await small.open(`/sessions/${longest}`);
    await small.page.getByRole('heading', { name: longest }).waitFor();
    await expect(small.overflow()).resolves.toBe(0);
    await wabus.edge.delete(`/api/sessions/${longest}`);
    const isFault = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== 0);
    expect(Object.fromEntries(Object.entries(found).filter(([, value]) => isFault(value)))).toEqual({});
    expect(Object.keys(found)).toHaveLength(3 * Object.keys(pages).length);
    expect([...visitor.faults, ...small.faults]).toEqual([]);
  }, 120_000);

  it('shows why a list could not be loaded, and tries again', async () => {
    const { page } = visitor;
    const lists = {
      [`/${webhookPage}`]: '**/api/webhooks/*/deliveries',
      '/subscriptions/orders': '**/api/subscriptions/orders/dead-letters*',
      '/tokens': '**/api/tokens',
      '/chats/sales': '**/api/sessions/sales/store/chats*'
    };
    for (const [path, request] of Object.entries(lists)) {
      let refuses = true;
      await page.route(request, route =>
        refuses ? route.fulfill({ status: 403, json: { error: { code: 'FORBIDDEN', message: `No ${path}` } } }) : route.continue()
      );
      await visitor.open(path);
      const refused = page.getByRole('alert').filter({ hasText: `No ${path}` });
      const again = refused.getByRole('button', { name: 'Try again' });
      await again.waitFor();
      refuses = false;
      // Some lists also refresh automatically, so the button may disappear before the click.
      await Promise.race([again.click(), refused.waitFor({ state: 'detached' })]);
      await refused.waitFor({ state: 'detached' });
      await visitor.loaded();
      await page.unroute(request);
    }
  }, 60_000);

  describe('with two hundred sessions', () => {
    const rows = () => visitor.page.locator('li[data-session]');
    const ids = () => rows().evaluateAll<string[], undefined>(all => all.map(row => row.getAttribute('data-session') ?? ''), undefined);
    const listed = (expected: readonly string[]) =>
      awaitCondition(ids, found => found.join() === expected.join(), { waitMs: 10_000, what: `the list ${expected.join()}` });
    let rendering: RenderingMeasurement;

    beforeAll(async () => {
      await registerShops(wabus.natsUrl);
      const { page } = visitor;
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      rendering = await RenderingMeasurement.begin(page);
      await visitor.open('/sessions');
      await page.getByRole('button', { name: 'All · 201' }).waitFor();
      await visitor.settled();
    }, 60_000);

    it('lists them on a desktop and a phone, failed ones first', async () => {
      const { page } = visitor;
      // The list loads further rows while it is scrolled.
      await listed([...shops(0, 6), 'sales', ...shops(6, 43)]);
      await expect(seriousViolations(page)).resolves.toEqual([]);
      await visitor.pictures('sessions-many');
      await page.setViewportSize({ width: 390, height: 844 });
      await expect(visitor.overflow()).resolves.toBe(0);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('combobox', { name: 'Order' }).selectOption('By id');
      await awaitCondition(
        () => page.keyboard.press('End').then(ids),
        found => found.join() === ['sales', ...shops(0, 200)].join(),
        { what: 'the end of the list' }
      );
    }, 60_000);

    it('draws only the row of the session that changes', async () => {
      await rendering.forget();
      await wabus.edge.post('/api/sessions/sales/stop');
      await visitor.page.locator('[data-session="sales"] [data-state="stopped"]').waitFor();
      const drawn = await rendering.drawn();
      expect(new Set(drawn)).toEqual(new Set(['sales']));
    }, 60_000);

    it('opens the menu of a row with the keyboard, and returns', async () => {
      const { page } = visitor;
      const more = page.getByRole('button', { name: 'More for shop-000' });
      for (const again of [false, true]) {
        if (!again) await more.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'hidden' });
        await more.and(page.locator(':focus')).waitFor();
      }
    }, 60_000);

    it('filters while typing, also by number and state', async () => {
      const { page } = visitor;
      const search = page.getByRole('searchbox');
      await search.pressSequentially('shop-123');
      await expect(search.inputValue()).resolves.toBe('shop-123');
      await listed(['shop-123']);
      await search.fill('');
      await search.pressSequentially('+1 555 7000 15');
      await listed(shops(150, 10));
      await search.fill('');
      await page.locator('[data-filter="failed"]').click();
      await listed(shops(0, 3));
      await page.getByRole('button', { name: 'All · 201' }).click();
    }, 60_000);

    it('starts the sessions of a search, with progress', async () => {
      const { page } = visitor;
      // Where the keyboard starts: before the search, not behind some of the rows.
      await page.getByRole('heading', { level: 1 }).click();
      await visitor.tabTo(page.getByRole('searchbox'));
      await page.keyboard.type('shop-19');
      const all = page.getByRole('checkbox', { name: 'Select all 10 sessions' });
      await all.waitFor();
      await visitor.tabTo(all);
      await page.keyboard.press('Space');
      const start = page.getByRole('button', { name: 'Start (10)' });
      await start.waitFor();
      await visitor.tabTo(start);
      await page.keyboard.press('Enter');
      await page.getByText('10 of 10 done').waitFor();
      const { body } = await wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions');
      expect(body.sessions.filter(({ desired }) => desired === 'running').map(({ session }) => session)).toEqual([
        ...shops(0, 6),
        ...shops(190, 10)
      ]);
      await visitor.pictures('sessions-many-bulk');
      expect(visitor.faults).toEqual([]);
    }, 60_000);
  });
});
