import type { Page } from 'playwright-core';

interface Moments {
  /** The wall-clock time in ms at which the page first became usable. */
  readonly usable?: number;
  /** When the page first received live events, by the wall clock in ms. */
  readonly live?: number;
}

/** A script that records when the page can first be used, and when it is first live. */
const WATCH = (usable: string): string => `(() => {
  const moments = (window.moments = {});
  const look = () => {
    if (!moments.usable && document.querySelector(${JSON.stringify(usable)})) moments.usable = Date.now();
    if (!moments.live && document.querySelector('[data-live="live"]')) moments.live = Date.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
})();`;

/** Measures the responses to all requests of a page, as transferred: compressed, not from a cache, and without headers. */
export class TransferMeasurement {
  private readonly begun = new Map<string, number>();
  private readonly headers = new Map<string, number>();
  private readonly answers: { readonly begunAt: number; readonly bytes: number }[] = [];

  private constructor(private readonly page: Page) {}

  /** `usable` is the selector of an element that is on the page once the page can be used. */
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

  /** Returns the bytes of the responses to requests that began before this moment. Throws if the moment has not come yet. */
  async bytesUntil(moment: keyof Moments): Promise<number> {
    const at = (await this.page.evaluate<Moments>('moments'))[moment];
    if (at === undefined) throw new Error(`the page is not ${moment} yet`);
    return this.answers.filter(({ begunAt }) => begunAt <= at).reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
