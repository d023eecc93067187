// @ts-check
// Runs the whole product on separate disks: too small, small, full, and with free space again.
import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatorClient } from '../demo/simulator.client.mjs';
import { LoopDisk, loopDiskFault } from './loop-disk.fixture.mjs';
import { choosePorts } from './ports.mjs';
import { endLeftovers, StartedRun } from './start.fixture.mjs';

const fault = loopDiskFault();
const onDisk = fault === null ? it : it.skip;
const why = fault === null ? '' : ` (skipped: ${fault})`;

/** @type {LoopDisk} */
let disk;
/** @type {StartedRun} */
let run;
/** @type {string} */
let url;

/** @param {number} bytes */
async function demoOn(bytes) {
  disk = new LoopDisk(bytes);
  const [port = 0] = await choosePorts(1);
  url = `http://127.0.0.1:${port}`;
  run = new StartedRun(['--demo', '--data', join(disk.path, 'data'), '--port', String(port)], { WABUS_OWNERSHIP_TIMING: 'single-server' });
}

afterEach(async () => {
  run?.signal('SIGKILL');
  if (!disk) return;
  await endLeftovers(join(disk.path, 'data'));
  disk.remove();
});

/**
 * @template T
 * @param {() => Promise<T | null | false>} read
 * @param {number} waitMs
 * @returns {Promise<T>}
 */
async function until(read, waitMs) {
  /** @type {unknown} */
  let last = null;
  for (const deadline = Date.now() + waitMs; Date.now() < deadline; await delay(200)) {
    const value = await read().catch(error => ((last = error), null));
    if (value) return value;
  }
  throw new Error(`not within ${waitMs} ms: ${last}\n${run.output}`);
}

/** @returns {{ pid: number }[]} */
const children = () => JSON.parse(readFileSync(join(disk.path, 'data', 'start.lock'), 'utf8')).children;
const received = () => run.output.split('← from Ada').length - 1;

/** @param {string} at @returns {Promise<{ status: number, checks: Record<string, any> }>} */
async function readiness(at) {
  const response = await fetch(`${at}/health/ready`);
  return { status: response.status, checks: (await response.json()).checks };
}

/** Returns the URL of the connector from its log. */
function connectorUrl() {
  const log = readFileSync(join(disk.path, 'data', 'logs', 'connector-1.log'), 'utf8');
  return /"url":"(http:[^"]+)"/.exec(log)?.[1] ?? '';
}

/** @param {string} text */
async function send(text) {
  const simulator = SimulatorClient.fromOutput(readFileSync(join(disk.path, 'data', 'logs', 'simulator.log'), 'utf8'));
  const ada = await simulator.ensureAccount('4915550002', 'Ada');
  const token = readFileSync(join(disk.path, 'data', 'access-token'), 'utf8').trim();
  const response = await fetch(`${url}/api/sessions/default/commands/sendMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ args: { jid: ada.pnJid, content: { text } } })
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}

describe(`the demo on a small disk${why}`, () => {
  onDisk(
    'of 1 GB is refused in one line with stream, need, room and setting',
    async () => {
      await demoOn(1e9);
      expect(await run.ended).toBe(1);
      const lines = run.output
        .trim()
        .split('\n')
        .filter(line => !/^[✓–]|^$/.test(line));
      expect(lines).toEqual([
        expect.stringMatching(
          /^Too little disk for the stream WABUS_EVENTS: it needs 512 MiB, and \d+ MiB are available\. .* has \d+ MiB free, .*--data, or lower WABUS_EVENTS_MAX_BYTES\.$/
        )
      ]);
    },
    60_000
  );

  onDisk(
    'of 5 GB starts, pairs, receives and sends, and survives being full',
    async () => {
      await demoOn(5e9);
      await run.awaitOutput('a simulated contact, writes every', 180_000);
      await until(async () => received() > 0, 60_000);
      await send('On a small disk');
      await run.awaitOutput('You wrote: On a small disk', 60_000);
      const before = children().map(({ pid }) => pid);

      disk.fill();
      expect(statfsSync(disk.path).bavail * statfsSync(disk.path).bsize).toBeLessThan(1e6);
      for (const at of [url, connectorUrl()]) {
        const { checks } = await until(async () => {
          const report = await readiness(at);
          return report.status === 503 && report.checks['broker'].details && report;
        }, 90_000);
        expect(checks['broker'].reason).toMatch(/^NATS responds but does not store data in .*disk full/);
      }
      await run.awaitOutput('is full: NATS cannot store data in', 30_000);

      disk.clear();
      await run.awaitOutput('although its disk has room: restarting it', 60_000);
      for (const at of [url, connectorUrl()]) await until(async () => (await readiness(at)).status === 200, 90_000);
      const count = received();
      await until(async () => received() > count, 60_000);
      await until(async () => (await send('With room again'), true), 60_000);
      await run.awaitOutput('You wrote: With room again', 60_000);
      // No process except NATS has ended.
      expect(run.output).not.toContain('stopped unexpectedly');
      expect(
        children()
          .map(({ pid }) => pid)
          .filter(pid => before.includes(pid))
      ).toHaveLength(before.length - 1);
    },
    600_000
  );
});
