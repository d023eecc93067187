import type { SentMessage, SessionView } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

describe('several connectors and edges', () => {
  test('share the sessions, and every edge serves each event', async () => {
    await using wabus = await WabusFixture.start({ connectors: 2, edges: 2 });
    const accounts = await Promise.all(['s1', 's2', 's3', 's4', 's5', 's6'].map(id => wabus.pair(id)));
    const { sessions } = (await wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions')).body;
    expect(sessions.every(({ status }) => status.state === 'open')).toBe(true);
    expect((await wabus.control.stats({})).conflicts).toBe(0);

    const contact = await wabus.control.createAccount({});
    const clients = await Promise.all(wabus.clients.map(client => client.connectEvents()));
    await Promise.all(clients.map(client => client.subscribe(['messages.upsert'])));
    const sent = await Promise.all(
      accounts.map(account =>
        wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'to everyone' } })
      )
    );
    const ids = sent.map(({ id }) => id).sort();
    for (const client of clients) {
      const arrivedIds = (): string[] =>
        client.arrived
          .map(({ payload }) => (payload as { messages: { key: { id: string } }[] }).messages[0]!.key.id)
          .filter(id => ids.includes(id));
      await awaitCondition(arrivedIds, arrived => arrived.length >= ids.length);
      expect(arrivedIds().sort()).toEqual(ids);
    }
  }, 120_000);

  test('the other connector takes over without a QR code', async () => {
    await using wabus = await WabusFixture.start({ connectors: 2 });
    await Promise.all(['t1', 't2', 't3', 't4'].map(id => wabus.pair(id)));
    await wabus.connectors[0]!.stop();
    const settled = await awaitCondition(
      async () => (await wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions')).body.sessions,
      sessions => sessions.every(({ status }) => status.state === 'open' && status.connector === 'c2'),
      { waitMs: 20_000 }
    );
    expect(settled).toHaveLength(4);
  }, 120_000);

  test('the other connector takes over and responds as before', async () => {
    await using wabus = await WabusFixture.start({ connectors: 2, edges: 2 });
    const sessions = ['k1', 'k2', 'k3', 'k4'];
    await Promise.all(sessions.map(id => wabus.pair(id)));
    const contact = await wabus.control.createAccount({});
    const send = (edge: number, session: string) =>
      wabus.clients[edge]!.post<SentMessage>(
        `/api/sessions/${session}/messages`,
        { jid: contact.pnJid, content: { text: `from ${session}` } },
        { 'idempotency-key': `order-of-${session}` }
      );
    const answers = await Promise.all(sessions.map(session => send(0, session)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { messagesFromDevices } = await wabus.control.stats({});
    await wabus.connectors[0]!.kill();
    const settled = await awaitCondition(
      async () => (await wabus.edge.get<{ sessions: SessionView[] }>('/api/sessions')).body.sessions,
      sessions => sessions.every(({ status }) => status.state === 'open' && status.connector === 'c2'),
      { waitMs: 30_000 }
    );
    expect(settled).toHaveLength(4);
    const repeated = await Promise.all(sessions.map(session => send(1, session)));
    expect(repeated.map(({ status, body }) => ({ status, body }))).toEqual(answers.map(({ status, body }) => ({ status, body })));
    expect((await wabus.control.stats({})).messagesFromDevices).toBe(messagesFromDevices);
    const ids = answers.map(({ body }) => body.key.id).sort();
    const received = await wabus.control.received({ phoneNumber: contact.phoneNumber, atLeast: 4 });
    expect(received.map(({ id }) => id).sort()).toEqual(ids);
  }, 120_000);
});
