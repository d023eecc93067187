import type { Page } from 'playwright-core';

interface Moments {
  /** Wall time in ms. */
  readonly usable?: number;
  readonly live?: number;
}

/** Writes down when something is on the page for the first time. */
const WATCH = (usable: string): string => `(() => {
  const moments = (window.moments = {});
  const look = () => {
    if (!moments.usable && document.querySelector(${JSON.stringify(usable)})) moments.usable = Date.now();
    if (!moments.live && document.querySelector('[data-live="live"]')) moments.live = Date.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
})();`;

/** The bytes of the answers to all requests of a page, as they were on the wire: compressed, none from a cache, without headers. */
export class TransferMeasurement {
  private readonly begun = new Map<string, number>();
  private readonly headers = new Map<string, number>();
  private readonly answers: { readonly begunAt: number; readonly bytes: number }[] = [];

  private constructor(private readonly page: Page) {}

  /** `usable` selects what is on the page once it can be used. */
  static async begin(page: Page, usable: string): Promise<TransferMeasurement> {
    const measurement = new TransferMeasurement(page);
    const devtools = await page.context().newCDPSession(page);
    devtools.on('Network.requestWillBeSent', ({ requestId, wallTime }) => measurement.begun.set(requestId, wallTime * 1_000));
    devtools.on('Network.responseReceived', ({ requestId, response }) => measurement.headers.set(requestId, response.encodedDataLength));
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const bytes = encodedDataLength - (measurement.headers.get(requestId) ?? 0);
      measurement.answers.push({ begunAt: measurement.begun.get(requestId) ?? 0, bytes });
    });
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.addInitScript({ content: WATCH(usable) });
    return measurement;
  }

  /** What was asked for before the page could be used, or was live. Both have to be over. */
  async bytesUntil(moment: keyof Moments): Promise<number> {
    const at = (await this.page.evaluate<Moments>('moments'))[moment];
    if (at === undefined) throw new Error(`the page is not ${moment} yet`);
    return this.answers.filter(({ begunAt }) => begunAt <= at).reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
