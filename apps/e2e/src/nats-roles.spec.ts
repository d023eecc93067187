import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { IssuedToken } from '@wabus/contracts';
import { awaitCondition, EdgeClient, natsPassword } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

describe('processes with only the permissions of their roles', () => {
  let wabus: WabusFixture;
  let service: NatsConnection;
  beforeAll(async () => {
    wabus = await WabusFixture.start({ roles: true });
    service = await connect({ servers: wabus.nats.url, user: 'service', pass: natsPassword('service') });
  }, 60_000);
  afterAll(async () => {
    await service?.close();
    await wabus?.stop();
  }, 60_000);

  test('link, exchange messages, restart, log out and delete', async () => {
    const direct: string[] = [];
    service.subscribe('wa.evt.*.messages.upsert', { callback: (error, message) => void (error ?? direct.push(message.subject)) });
    const account = await wabus.pair('main');
    const contact = await wabus.control.createAccount({ name: 'Contact' });
    const events = await wabus.edge.connectEvents();
    await events.subscribe(['messages.upsert', 'session.status']);
    await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'in' } });
    await events.awaitEvent('messages.upsert', (payload: object) => JSON.stringify(payload).includes('"in"'));
    await awaitCondition(
      () => direct,
      subjects => subjects.includes('wa.evt.main.messages.upsert')
    );
    const sent = await wabus.edge.post('/api/sessions/main/messages', { jid: contact.pnJid, content: { text: 'out' } });
    expect(sent.status).toBe(200);
    await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      messages => messages.some(({ text }) => text === 'out')
    );
    await wabus.edge.post('/api/sessions/main/stop');
    await wabus.awaitState('main', 'stopped');
    await wabus.edge.post('/api/sessions/main/start');
    await wabus.awaitState('main', 'open');
    const { body } = await wabus.edge.post<IssuedToken>('/api/tokens', { name: 'of a test', scopes: ['read'], sessions: ['main'] });
    await expect(new EdgeClient(wabus.edge.url, body.token).get('/api/sessions/main')).resolves.toMatchObject({ status: 200 });
    await wabus.edge.delete('/api/sessions/main');
    await awaitCondition(
      () => wabus.edge.get('/api/sessions/main'),
      ({ status }) => status === 404
    );
  }, 60_000);

  test('were denied nothing', () => {
    const refused = [...wabus.connectors, ...wabus.edges].flatMap(({ lines }) =>
      lines.filter(line => /permissions? violation/i.test(line))
    );
    // Until the connector has created them, the edge waits for the event stream and the registry.
    expect(refused.filter(line => !/STREAM\.CREATE\.(WABUS_EVENTS|KV_WABUS_REGISTRY)/.test(line))).toEqual([]);
  });
});
