import type { SessionView } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const SESSION = 'reuse';
const OLD = 'of the former account';

interface Page {
  events: { id: string; event: string; data: unknown }[];
  cursor: string;
}

describe('deleting a session and reusing its id', () => {
  let wabus: WabusFixture;
  let cursor = '';
  beforeAll(async () => {
    wabus = await WabusFixture.start({ roles: true });
  }, 60_000);
  afterAll(() => wabus?.stop(), 60_000);

  const page = async (session: string): Promise<Page> =>
    (await wabus.edge.get<Page>(`/api/sessions/${session}/events?limit=1000&since=${cursor}`)).body;
  const send = (text: string, jid: string): Promise<{ status: number; body: unknown }> =>
    wabus.edge.post(`/api/sessions/${SESSION}/commands/sendMessage`, { args: { jid, content: { text } } }, { 'idempotency-key': 'once' });

  test('waits for a connector and survives the end of each side', async () => {
    cursor = (await wabus.edge.get<Page>('/api/events')).body.cursor;
    const account = await wabus.pair(SESSION);
    const contact = await wabus.control.createAccount({});
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: OLD } });
    await awaitCondition(
      () => page(SESSION),
      ({ events }) => JSON.stringify(events).includes(OLD)
    );
    expect(await send('one', contact.pnJid)).toMatchObject({ status: 200 });
    expect(await send('two', contact.pnJid)).toMatchObject({ body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } } });

    await wabus.connectors.pop()!.kill();
    await wabus.edge.delete(`/api/sessions/${SESSION}`);
    const waits = await awaitCondition(
      () => wabus.edge.get<SessionView>(`/api/sessions/${SESSION}`),
      ({ body }) => body.status.connector === null,
      { waitMs: 20_000, what: 'a session without an owner' }
    );
    expect(waits.body.deletion).toMatchObject({ step: 'connector', waitsFor: expect.stringMatching(/^No connector/) as string });
    expect((await wabus.edge.post('/api/sessions', { session: SESSION })).body).toMatchObject({
      error: { code: 'SESSION_EXISTS', retryable: true }
    });

    // The next owner is killed in the middle, at any step, and so is the edge.
    const second = await wabus.startConnector('c2');
    wabus.connectors.pop();
    await second.kill();
    await wabus.edges.pop()!.kill();
    wabus.clients.pop()!.close();
    await wabus.startConnector('c3');
    await wabus.startEdge();
    await awaitCondition(
      () => wabus.edge.get(`/api/sessions/${SESSION}`),
      ({ status }) => status === 404,
      { waitMs: 40_000, what: 'the end of the session' }
    );
  }, 150_000);

  test('a new account with the id finds no data of the former', async () => {
    await wabus.pair(SESSION);
    const { events } = await page(SESSION);
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain(OLD);
    const contact = await wabus.control.createAccount({});
    expect(await send('three', contact.pnJid)).toMatchObject({ status: 200 });
    const found = await wabus.edge.get(`/api/sessions/${SESSION}/store/messages/search?query=former`);
    expect(JSON.stringify(found.body)).not.toContain(OLD);
  }, 60_000);
});
