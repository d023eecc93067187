import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { createTempFolder } from '@wabus/testing';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

const MISSING =
  'There is no Chromium for the tests of the console. `npm test` fetches Debian’s; else install one (Debian: apt-get install chromium), or name one in WABUS_TEST_CHROMIUM.';

/**
 * Returns the path of the Chromium for tests: from the environment, or the installed one.
 * Without one, the tests are skipped on a developer's machine and fail if `CI` is set.
 */
export function chromiumToTest(env: NodeJS.ProcessEnv = process.env): string | null {
  const installed = (env['PATH'] ?? '').split(delimiter).map(folder => join(folder, 'chromium'));
  const found = env['WABUS_TEST_CHROMIUM'] ?? installed.find(existsSync) ?? null;
  if (found === null && !env['CI']) process.stderr.write(`${MISSING} Skipped.\n`);
  return found;
}

/** Like `chromiumToTest`, but throws if there is none. */
export function programToTest(): string {
  const program = chromiumToTest();
  if (program === null) throw new Error(MISSING);
  return program;
}

/** A microphone that beeps, which every page may use on request. */
export const FAKE_MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Starts the browser, with further flags if needed. Throws if there is none. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = programToTest();
  // The files that it writes outside its profile go to a separate home folder.
  const home = createTempFolder('chromium');
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [...FLAGS, ...flags],
    env: { ...process.env, HOME: home.path }
  });
  browser.on('disconnected', () => home.remove());
  return browser;
}
