// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { runCommand } from '../process/command.runner.mjs';
import { choosePorts } from '../start/ports.mjs';
import { awaitText, Receiver, sendOnce, snapshot } from './fixture.story.mjs';
import { awaitValue, RunningInstallation } from './running.installation.mjs';

const FIXTURES = join(ROOT, 'tools', 'state', 'fixtures');
const LIMIT_MS = 240_000;
const QR_FIELD = '"qr":"';

/** @param {any[]} webhooks */
const namesOf = webhooks => webhooks.map(({ id, url, events, description, session }) => ({ id, url, events, description, session }));

describe.each(readdirSync(FIXTURES))('the data folder %s', archive => {
  /** @type {string} */
  let folder;
  /** @type {any} */
  let expected;
  /** @type {number} */
  let port;
  /** @type {RunningInstallation} */
  let run;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wabus-upgrade-'));
    const unpacked = await runCommand('tar', ['-xzf', join(FIXTURES, archive), '-C', folder], { timeoutMs: 60_000 });
    if (unpacked.code !== 0) throw new Error(unpacked.stderr);
    expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    [port = 0] = await choosePorts(1);
    await up();
  }, LIMIT_MS);
  afterAll(async () => {
    if (run?.child.exitCode === null) await run.stop();
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);

  async function up() {
    run = new RunningInstallation({ tree: ROOT, data: folder, port });
    await run.ready();
  }
  /** @param {'default' | 'second'} session @param {string} text */
  const write = (session, text) =>
    run.simulator.call('sendMessage', { from: expected.writer, to: expected.phones[session], message: { conversation: text } });
  const codesSince = async (/** @type {string} */ session) =>
    (await run.events(session))
      .filter(({ id }) => !expected.events[session].includes(id))
      .filter(({ event, data }) => event === 'auth.qr' || JSON.stringify(data).includes(QR_FIELD));

  it(
    'opens both sessions without a QR code',
    async () => {
      for (const session of expected.sessions) {
        await run.awaitOpen(session);
        expect(await codesSince(session)).toEqual([]);
      }
    },
    LIMIT_MS
  );

  it(
    'has every earlier event, record and file',
    async () => {
      const now = await snapshot(run);
      for (const session of expected.sessions) {
        expect(now['events'][session].slice(0, expected.events[session].length)).toEqual(expected.events[session]);
        for (const [list, { items }] of Object.entries(expected.models[session]))
          expect(now['models'][session][list].items.map((/** @type {any} */ { jid }) => jid)).toEqual(
            expect.arrayContaining(items.map((/** @type {any} */ { jid }) => jid))
          );
      }
      // A release may add settings with default values.
      expect(now['settings']).toMatchObject(expected.settings);
      expect(namesOf(now['webhooks'])).toEqual(namesOf(expected.webhooks));
      // Earlier releases did not record who created a webhook; these webhooks continue to work.
      for (const { createdBy, paused } of now['webhooks']) expect({ createdBy, paused }).toEqual({ createdBy: null, paused: null });
      // Earlier releases did not record when a token was used.
      expect(now['tokens']).toEqual(expected.tokens.map((/** @type {object} */ token) => ({ ...token, lastUsedAt: null })));
      expect(now['subscriptions'].map((/** @type {any} */ { name, id }) => ({ name, id }))).toEqual(
        expected.subscriptions.map((/** @type {any} */ { name, id }) => ({ name, id }))
      );
      expect(now['subscriptionLetters']).toEqual(expect.arrayContaining(expected.subscriptionLetters));
      const letters = (await run.call('GET', `/api/sessions/second/webhooks/${expected.refusedWebhook}/dead-letters`)).deadLetters;
      expect(letters.length).toBeGreaterThanOrEqual(5);
      expect(await run.call('GET', `/api/sessions/default/media/${expected.media}`)).toBe(
        // Earlier fixtures do not contain this text.
        expected.mediaText ?? 'a file of before'
      );
      const reader = { authorization: `Bearer ${expected.reader}` };
      expect((await run.ask('GET', '/api/sessions', undefined, reader)).body.sessions).toHaveLength(1);
      expect(await sendOnce(run)).toEqual(expected.sent);
    },
    LIMIT_MS
  );

  it(
    'continues with messages, read models and webhooks',
    async () => {
      const receiver = new Receiver(200);
      await run.call('PATCH', `/api/webhooks/${expected.webhook}`, { url: await receiver.listen() });
      for (const session of /** @type {const} */ (['default', 'second'])) {
        await write(session, `${session} after`);
        await awaitText(run, session, `${session} after`);
      }
      const got = (/** @type {string} */ text) => async () => JSON.stringify(receiver.bodies).includes(JSON.stringify(text));
      for (const text of ['not delivered yet', 'default after', 'second after'])
        await awaitValue(got(text), 60_000, () => `${text} at the webhook`);
      await awaitValue(
        async () => (await run.call('GET', '/api/sessions/second/store/messages/search?query=second%20after')).items.length === 1,
        60_000,
        () => 'second after in the read models'
      );
      receiver.close();
    },
    LIMIT_MS
  );

  it(
    'starts again with the data added in between',
    async () => {
      expect(await run.stop()).toBe(0);
      await up();
      for (const session of expected.sessions) {
        await run.awaitOpen(session);
        await awaitText(run, session, `${session} after`);
        await write(session, `${session} at the end`);
        await awaitText(run, session, `${session} at the end`);
        expect(await codesSince(session)).toEqual([]);
        const ids = (await run.events(session)).map(({ id }) => id);
        expect(ids.slice(0, expected.events[session].length)).toEqual(expected.events[session]);
      }
      expect(await run.stop()).toBe(0);
    },
    LIMIT_MS
  );
});
