import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { takePictures } from './picture.writer.js';
import { TransferMeasurement } from './transfer.measurement.js';

const WAIT_MS = 45_000;
const MOST_TABS = 60;

/** A user of the console, in a separate window. Records the faults of the page. */
export class Visitor {
  /** Errors that the page reported, and requests to anywhere but the edge. */
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly url: string
  ) {
    page.on('pageerror', error => this.faults.push(error.message));
    page.on('console', message => {
      if (/Content Security Policy|Refused to/.test(message.text())) this.faults.push(message.text());
    });
    page.on('request', request => {
      const address = request.url();
      if (!/^(data|blob):/.test(address) && new URL(address).host !== new URL(url).host) this.faults.push(`asked for ${address}`);
    });
  }

  static async arrive(browser: Browser, url: string, viewport = { width: 1280, height: 800 }, locale = 'en-GB'): Promise<Visitor> {
    const context = await browser.newContext({ viewport, locale, reducedMotion: 'reduce' });
    context.setDefaultTimeout(WAIT_MS);
    return Visitor.enter(context, url);
  }

  /** Opens the console in a new page of an existing browser context. */
  static async enter(context: BrowserContext, url: string): Promise<Visitor> {
    const visitor = new Visitor(context, await context.newPage(), url);
    await visitor.open('/');
    return visitor;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
  }

  /** Returns the bytes that a new page of this browser loads before the list of sessions is usable or live. */
  async bytesOfList(moment: 'usable' | 'live'): Promise<number> {
    const other = new Visitor(this.context, await this.context.newPage(), this.url);
    const transfer = await TransferMeasurement.begin(other.page, 'li[data-session]');
    await other.open('/');
    await other.settled();
    const bytes = await transfer.bytesUntil(moment);
    await other.page.close();
    return bytes;
  }

  /** Logs in, unless the browser is logged in already, as in a second window. */
  async logIn(token: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Access token' });
    const inside = this.page
      .getByRole('navigation')
      .or(this.page.getByRole('button', { name: 'Menu' }))
      .first();
    await box.or(inside).first().waitFor();
    if ((await box.count()) > 0) {
      await box.fill(token);
      await this.page.keyboard.press('Enter');
    }
    await inside.waitFor();
  }

  /** Resolves once the page is live and has loaded its data. */
  async settled(): Promise<void> {
    await this.page.locator('[data-live="live"]').waitFor();
    await this.loaded();
  }

  /** Resolves once no visible part of the page waits for its data. */
  async loaded(): Promise<void> {
    await this.page.locator('[aria-busy]').filter({ visible: true }).waitFor({ state: 'detached' });
  }

  /** Moves the focus to an element as users without a mouse do. Throws if the keyboard does not reach it. */
  async tabTo(target: Locator): Promise<void> {
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      if ((await target.and(this.page.locator(':focus')).count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${MOST_TABS} tabs did not lead to ${String(target)}`);
  }

  /** Takes pictures of the page, if a folder for pictures is set. */
  pictures(name: string): Promise<void> {
    return takePictures(this.page, name);
  }

  /** Returns by how many pixels the page is wider than the window. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
