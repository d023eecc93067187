import { WabusClient, WabusError, WhatsApp, type AnyEvent, type ConnectionModel, type Delivery } from '@wabus/sdk';
import { awaitCondition, launchTcpProxy, type SimulatedAccount, type TcpProxy } from '@wabus/testing';
import { Wabus } from '../wabus.fixture.js';

const textOf = (event: AnyEvent<'messages.upsert'>): string => event.data.messages[0]?.message?.conversation ?? '';

describe('the SDK against the whole product', () => {
  let wabus: Wabus;
  let contact: SimulatedAccount;
  let account: SimulatedAccount;
  let proxy: TcpProxy;
  const clients: WabusClient[] = [];

  beforeAll(async () => {
    wabus = await Wabus.start();
    proxy = await launchTcpProxy({ port: Number(new URL(wabus.edge.url).port) });
    [account, contact] = await Promise.all([wabus.pair('sales'), wabus.control.createAccount({ name: 'Contact' })]);
  }, 90_000);
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.close()));
    proxy?.pass();
  });
  afterAll(async () => {
    await proxy?.stop();
    await wabus?.stop();
  }, 60_000);

  const open = (options: Partial<ConstructorParameters<typeof WabusClient>[0]> = {}): WabusClient => {
    const client = new WabusClient({ url: `127.0.0.1:${proxy.port}`, token: wabus.token, session: 'sales', ...options });
    clients.push(client);
    return client;
  };
  const receive = (text: string): Promise<unknown> =>
    wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: text } });

  test('commands answer with the reply of the catalog, and fail with its errors', async () => {
    const client = open();
    const sent = await client.commands.sendMessage(contact.pnJid, { text: 'hello' });
    expect(sent.key).toMatchObject({ fromMe: true, id: expect.stringMatching(/.{8,}/) as string });
    expect(await client.commands.onWhatsApp(contact.phoneNumber)).toEqual([expect.objectContaining({ exists: true })]);
    const refused = await client.commands.sendMessage('nobody', { text: 'x' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WabusError);
    expect(refused).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      retryable: false,
      certain: true,
      details: { fields: expect.any(Object) as object }
    });
    await expect(client.commands.with({ session: 'nowhere' }).getSession()).rejects.toMatchObject({ code: 'UNKNOWN_SESSION' });
  }, 30_000);

  test('a handler gets the payload and the facts of each event', async () => {
    const client = open();
    const got: string[] = [];
    client.on('messages.upsert', (data, event) => void got.push(`${event.session}: ${data.messages[0]?.message?.conversation}`));
    await client.connect();
    await awaitCondition(
      async () => {
        await receive('for the handler');
        return got;
      },
      texts => texts.includes('sales: for the handler'),
      { what: 'the message' }
    );
  }, 30_000);
});
