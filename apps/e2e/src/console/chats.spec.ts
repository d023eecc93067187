import type { Browser, Locator } from 'playwright-core';
import type { SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';
import { seriousViolations } from './accessibility-check.js';
import { chromiumToTest, FAKE_MICROPHONE, launchBrowser } from './browser.launcher.js';
import { Visitor } from './console-visitor.js';

const suite = chromiumToTest() === null && !process.env['CI'] ? describe.skip : describe;

/** One product and one browser for all tests: they build on each other, as a conversation does. */
suite('chats and languages of the console in Chromium', () => {
  let wabus: WabusFixture;
  let browser: Browser;
  let visitor: Visitor;
  let phone: SimulatedAccount;
  let ana: SimulatedAccount;
  let bruno: SimulatedAccount;
  let groupJid: string;

  const chatOf = ({ pnJid }: SimulatedAccount): string => `/chats/sales/${encodeURIComponent(pnJid)}`;
  const rowOf = (name: string): Locator => visitor.page.locator('[data-jid]').filter({ hasText: name });
  const bubble = (text: string): Locator => visitor.page.locator('[data-message]').filter({ hasText: text });
  const compose = (): Locator => visitor.page.getByRole('textbox', { name: 'Write a message' });
  const says = (from: SimulatedAccount, message: object): Promise<{ id: string }> =>
    wabus.control.sendMessage({ from: from.phoneNumber, to: phone.phoneNumber, message });

  beforeAll(async () => {
    browser = await launchBrowser(FAKE_MICROPHONE);
    wabus = await WabusFixture.start({ edgeEnv: { WABUS_MODELS_LEASE_MS: '800' } });
    phone = await wabus.pair('sales');
    ana = await wabus.control.createAccount({ name: 'Ana Souza' });
    bruno = await wabus.control.createAccount({ name: 'Bruno' });
    ({ groupJid } = await wabus.control.createGroup({
      subject: 'Saturday market',
      owner: bruno.phoneNumber,
      members: [ana.phoneNumber, phone.phoneNumber]
    }));
    visitor = await Visitor.arrive(browser, wabus.edge.url);
    await visitor.logIn(wabus.token);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await wabus?.stop();
  }, 60_000);

  /** Opens the actions of a message with the keyboard and chooses one. */
  async function choose(message: Locator, action: string): Promise<void> {
    await message.getByRole('button', { name: 'Actions for this message' }).focus();
    await visitor.page.keyboard.press('Enter');
    const item = visitor.page.getByRole('menuitem', { name: action });
    await item.waitFor();
    await item.focus();
    await visitor.page.keyboard.press('Enter');
  }

  it('previews the newest message, and marks visible ones read', async () => {
    const { page } = visitor;
    await says(ana, { conversation: 'Good morning' });
    const { id } = await says(ana, { conversation: 'Is the order ready?' });
    await visitor.open('/chats/sales');
    const row = rowOf('Ana Souza');
    await row.locator('[data-unread="2"]').waitFor();
    await row.locator('[data-preview]').getByText('Is the order ready?').waitFor();
    await visitor.pictures('chats-unread');
    await row.click();
    await bubble('Is the order ready?').waitFor();
    await row.locator('[data-unread]').waitFor({ state: 'detached' });
    const receipts = await wabus.control.receipts({ phoneNumber: ana.phoneNumber, messageId: id, atLeast: 2, waitMs: 10_000 });
    expect(receipts.map(({ type }) => type)).toContain('read');
    await page.getByRole('heading', { name: 'Ana Souza', exact: true }).waitFor();
    await page.locator('[data-day]').getByText('Today').waitFor();
    await expect(page.getByRole('log').textContent()).resolves.not.toMatch(/\d:\d\d:\d\d|@/);
  }, 60_000);

  it('replies, reacts, edits and deletes with the keyboard', async () => {
    const { page } = visitor;
    await choose(bubble('Is the order ready?'), 'Reply');
    await page.locator('[data-writing="reply"]').getByText('Reply to Ana Souza').waitFor();
    await page.keyboard.type('From eleven');
    await page.keyboard.press('Enter');
    const answer = bubble('From eleven');
    await answer.locator('[data-quoted]').getByText('Is the order ready?').waitFor();

    await choose(bubble('Good morning'), 'React with 👍');
    await bubble('Good morning').locator('[data-reaction="me"]').getByText('👍').waitFor();

    await choose(answer, 'Edit');
    await page.locator('[data-writing="edit"]').waitFor();
    await expect(compose().inputValue()).resolves.toBe('From eleven');
    await compose().fill('From ten');
    await page.keyboard.press('Enter');
    await bubble('From ten').getByText('edited').waitFor();
    await rowOf('Ana Souza').locator('[data-preview]').getByText('You: From ten').waitFor();
    await page.locator('[data-writing]').waitFor({ state: 'detached' });

    await compose().fill('Wrong chat');
    await page.keyboard.press('Enter');
    await bubble('Wrong chat').and(page.locator('[data-mine="true"]')).waitFor();
    await choose(bubble('Wrong chat'), 'Delete for everyone');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for everyone' }).click();
    await bubble('This message was deleted for everyone.').waitFor();
    await choose(bubble('This message was deleted for everyone.'), 'Delete for me');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for me' }).click();
    await bubble('This message was deleted for everyone.').waitFor({ state: 'detached' });

    const received = JSON.stringify(await wabus.control.received({ phoneNumber: ana.phoneNumber, atLeast: 5, waitMs: 10_000 }));
    for (const part of ['quotedMessage', 'reactionMessage', 'From ten', '"type":0']) expect(received).toContain(part);
  }, 90_000);

  it('records a voice message that phones play', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Record a voice message' }).click();
    await page.getByRole('timer').getByText('0:01').waitFor();
    await visitor.pictures('chat-voice');
    await page.getByRole('button', { name: 'Send the voice message' }).click();
    const sent = page.locator('[data-message][data-mine="true"]').filter({ hasText: 'Voice message' });
    await sent.waitFor();
    const received = await wabus.control.received({ phoneNumber: ana.phoneNumber, atLeast: 6, waitMs: 10_000 });
    expect(JSON.stringify(received)).toMatch(
      /"audioMessage":\{[^}]*audio\/ogg; codecs=opus[^}]*"ptt":true|"ptt":true[^}]*audio\/ogg; codecs=opus/
    );
    await sent.getByRole('button', { name: 'Voice message' }).click();
    await page.locator('[data-message] audio').waitFor();
    const seconds = await page.evaluate<number>(`new Promise((resolve, reject) => {
      const audio = document.querySelector('audio');
      audio.onerror = () => reject(new Error('the browser does not play it'));
      if (audio.readyState > 0) resolve(audio.duration);
      else audio.onloadedmetadata = () => resolve(audio.duration);
    })`);
    expect(seconds).toBeGreaterThanOrEqual(1);
  }, 60_000);

  it('keeps the draft of each chat', async () => {
    const { page } = visitor;
    await compose().fill('Dear Ana');
    await says(bruno, {
      extendedTextMessage: { text: 'https://market.example', matchedText: 'https://market.example', title: 'The market' }
    });
    await rowOf('Bruno').click();
    await page.getByRole('heading', { name: 'Bruno', exact: true }).waitFor();
    await bubble('The market').getByRole('link', { name: 'The market' }).waitFor();
    await expect(compose().inputValue()).resolves.toBe('');
    await rowOf('Ana Souza').getByText('Draft: Dear Ana').waitFor();
    await page.reload();
    await rowOf('Ana Souza').click();
    await page.getByRole('heading', { name: 'Ana Souza', exact: true }).waitFor();
    await page.locator('textarea').filter({ hasText: 'Dear Ana' }).first().waitFor();
    await compose().fill('');
  }, 60_000);

  it('shows the authors of messages in a group', async () => {
    const { page } = visitor;
    // The group existed before the session, so WhatsApp returns its subject only on request.
    await wabus.edge.get('/api/sessions/sales/groups');
    await wabus.control.sendGroupMessage({ from: bruno.phoneNumber, groupJid, message: { conversation: 'Who brings the table?' } });
    await rowOf('Saturday market').click();
    await bubble('Who brings the table?').getByText('Bruno').waitFor();
    await page.getByText('3 members').waitFor();
    await rowOf('Saturday market').locator('[data-preview]').getByText('Bruno: Who brings the table?').waitFor();
  }, 60_000);

  it('shows the number of a person without a name', async () => {
    const nameless = await wabus.control.createAccount({ name: ' ' });
    await says(nameless, { conversation: 'שלום, order 15' });
    await visitor.open('/chats/sales');
    await rowOf(`+${nameless.phoneNumber}`).click();
    const text = bubble('שלום').getByText('order 15');
    await text.waitFor();
    await expect(text.getAttribute('dir')).resolves.toBe('auto');
  }, 60_000);

  it('finds a message in any chat and opens it', async () => {
    const { page } = visitor;
    await page.getByRole('searchbox', { name: 'Search, or a phone number' }).fill('good morn');
    const found = page.getByRole('region', { name: 'Messages found' }).locator('[data-found]');
    await found.getByText('Good morning').waitFor();
    await page.getByText('No chat matches.').waitFor();
    await expect(page.getByText('No chats', { exact: true }).count()).resolves.toBe(0);
    await visitor.pictures('chats-search');
    await found.first().click();
    await page.locator('[data-marked]').getByText('Good morning').waitFor();
    await page.getByRole('heading', { name: 'Ana Souza', exact: true }).waitFor();
  }, 60_000);

  it('shows a reader the chat, but neither reads nor writes', async () => {
    const { body } = await wabus.edge.post<{ token: string }>('/api/tokens', { name: 'wall', scopes: ['read'], sessions: ['sales'] });
    await visitor.open('/chats/sales');
    await says(ana, { conversation: 'Anybody there?' });
    await rowOf('Ana Souza').locator('[data-unread="1"]').waitFor();
    const reader = await Visitor.arrive(browser, wabus.edge.url);
    await reader.logIn(body.token);
    await reader.open(chatOf(ana));
    await reader.page.locator('[data-message]').getByText('Anybody there?').waitFor();
    await reader.settled();
    await expect(reader.page.getByRole('textbox', { name: 'Write a message' }).count()).resolves.toBe(0);
    await expect(reader.page.getByRole('button', { name: 'Actions for this message' }).count()).resolves.toBe(0);
    await expect(reader.page.locator('[data-unread="1"]').count()).resolves.toBe(1);
    expect(reader.faults).toEqual([]);
    await reader.leave();
  }, 60_000);

  it('has no serious accessibility fault in either scheme', async () => {
    const { page } = visitor;
    await visitor.open(chatOf(ana));
    await visitor.settled();
    await bubble('From ten').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      await expect(seriousViolations(page)).resolves.toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await visitor.pictures('chat-conversation');
    await bubble('From ten').getByRole('button', { name: 'Actions for this message' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
    await visitor.pictures('chat-actions');
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Reply' }).waitFor({ state: 'hidden' });
  }, 60_000);

  it('changes its language and remembers the choice', async () => {
    const { page } = visitor;
    const closed: string[] = [];
    page.on('websocket', socket => socket.on('close', () => closed.push(socket.url())));
    await page.reload();
    await visitor.settled();
    await visitor.tabTo(page.getByRole('button', { name: 'Language' }));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.locator('html[lang="de"]').waitFor();
    await page.getByRole('textbox', { name: 'Nachricht schreiben' }).waitFor();
    await visitor.settled();
    // The connection for live events remains open.
    expect(closed).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Sprache' }).waitFor();
    await page.locator('[data-day]').getByText('Heute').waitFor();
    await rowOf('Ana Souza').locator('[data-preview]').getByText('Anybody there?').waitFor();
    await visitor.pictures('chat-german');
  }, 60_000);

  it('begins in the language of the browser, on a phone', async () => {
    for (const [locale, language, title] of [
      ['pt-BR', 'pt-BR', 'Entrar no Wabus'],
      ['es-MX', 'es', 'Iniciar sesión en Wabus']
    ] as const) {
      const small = await Visitor.arrive(browser, wabus.edge.url, { width: 390, height: 844 }, locale);
      await small.page.getByRole('heading', { name: title }).waitFor();
      await small.page.locator(`html[lang="${language}"]`).waitFor();
      await expect(seriousViolations(small.page)).resolves.toEqual([]);
      await expect(small.overflow()).resolves.toBe(0);
      await small.pictures(`login-${language}`);
      await small.page.getByRole('textbox').fill(wabus.token);
      await small.page.keyboard.press('Enter');
      await small.page.getByRole('button', { name: /^Men[uú]$/ }).waitFor();
      await small.open(chatOf(ana));
      await small.page.locator('[data-message]').getByText('From ten').waitFor();
      await expect(small.overflow()).resolves.toBe(0);
      await small.pictures(`chat-${language}`);
      expect(small.faults).toEqual([]);
      await small.leave();
    }
  }, 60_000);

  it('violates no content security policy, and uses only the edge', () => {
    expect(visitor.faults).toEqual([]);
  });
});
