import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** The folder for pictures, which `npm run pictures` sets. Without it, no pictures are taken. */
const FOLDER = process.env['WABUS_TEST_PICTURES'];

const WIDTHS = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const MOST_HEIGHT = 3_000;
const SCHEMES = ['light', 'dark'] as const;

/** Takes four pictures of a page: at two widths, each in light and dark. Then restores the size and the color scheme of the page. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  const before = page.viewportSize() ?? WIDTHS.wide;
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    await atRest(page);
    // Show the whole page without scrolling. A dialog is only as high as the window.
    const hasDialog = (await page.getByRole('dialog').count()) > 0;
    const height = hasDialog ? 0 : Math.min(MOST_HEIGHT, await page.evaluate<number>('document.documentElement.scrollHeight'));
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate('scrollTo(0, 0)');
      await takePicture(page, `${name}-${width}-${scheme}`);
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  await atRest(page);
}

/** Takes one picture of a page as the window shows it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  await atRest(page);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Resolves once all transitions have ended: until then, colors and positions are between two states. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))');
  await page.evaluate(
    'Promise.all(document.getAnimations().filter(one => one.effect?.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => undefined)))'
  );
}
