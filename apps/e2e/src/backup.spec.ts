import { cpSync, rmSync } from 'node:fs';
import type { EventPage, WebhookView } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const WAIT_MS = 30_000;

describe('a backup as docs/operations/backup.md describes it', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  beforeAll(async () => {
    wabus = await WabusFixture.start();
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
  }, 90_000);
  afterAll(() => wabus?.stop(), 60_000);

  const write = (text: string): Promise<unknown> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });
  /** Resolves once the log contains the text after the cursor, with all texts there and the newest cursor. */
  const arrived = async (text: string, since?: string): Promise<{ texts: string[]; cursor: string }> => {
    const query = `events=messages.upsert&limit=1000${since === undefined ? '' : `&since=${since}`}`;
    const read = async (): Promise<{ texts: string[]; cursor: string }> => {
      const { status, body } = await wabus.edge.get<EventPage>(`/api/sessions/main/events?${query}`);
      if (status !== 200) throw new Error(JSON.stringify(body));
      const messages = body.events.map(({ data }) => (data as { messages: [{ message?: { conversation?: string } }] }).messages[0]);
      return { texts: messages.flatMap(({ message }) => message?.conversation ?? []), cursor: body.cursor };
    };
    return awaitCondition(read, ({ texts }) => texts.includes(text), { waitMs: WAIT_MS, what: `the text ${text}` });
  };
  const stopAll = async (): Promise<void> => {
    await wabus.stopProcesses();
    await wabus.nats.stop();
  };
  const startAll = async (): Promise<void> => {
    await wabus.startNats();
    await wabus.startProcesses();
  };

  test('restores sessions, webhooks, events and cursors', async () => {
    const url = 'https://crm.example.org/wabus';
    await wabus.edge.post('/api/sessions/main/webhooks', { url, events: ['call'] });
    await write('before the backup');
    const { cursor } = await arrived('before the backup');
    const copy = `${wabus.natsStore}.copy`;
    await stopAll();
    cpSync(wabus.natsStore, copy, { recursive: true });

    await startAll();
    await wabus.awaitState('main', 'open', WAIT_MS);
    await write('after the backup');
    await arrived('after the backup', cursor);

    await stopAll();
    rmSync(wabus.natsStore, { recursive: true });
    cpSync(copy, wabus.natsStore, { recursive: true });
    await startAll();
    await wabus.awaitState('main', 'open', WAIT_MS);
    const { webhooks } = (await wabus.edge.get<{ webhooks: WebhookView[] }>('/api/sessions/main/webhooks')).body;
    expect(webhooks.map(webhook => webhook.url)).toEqual([url]);
    expect((await arrived('before the backup')).texts).toEqual(['before the backup']);
    await write('after going back');
    expect((await arrived('after going back', cursor)).texts).toEqual(['after going back']);
  }, 180_000);
});
