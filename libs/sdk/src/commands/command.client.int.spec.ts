import { ScriptedGateway } from '../gateway.fixture.js';
import { CommandSender } from './command.client.js';
import { commandsOf } from './commands.js';

describe('commands', () => {
  let gateway: ScriptedGateway;
  let client: CommandSender;
  beforeEach(async () => {
    gateway = await ScriptedGateway.launch();
    client = new CommandSender(gateway.link(), 'sales');
  });
  afterEach(() => gateway.close());

  test('are sent with session, arguments, deadline and key', async () => {
    const sending = commandsOf(client).sendMessage('1@s.whatsapp.net', { text: 'hi' });
    const { data, reply } = await gateway.next('command');
    expect(data).toEqual({
      session: 'sales',
      method: 'sendMessage',
      args: ['1@s.whatsapp.net', { text: 'hi' }],
      deadlineMs: expect.any(Number) as number,
      idempotencyKey: expect.stringMatching(/^[\x21-\x7e]{20,}$/) as string
    });
    expect(data['deadlineMs']).toBeLessThanOrEqual(30_000);
    reply({ ok: true, data: { key: { id: 'x' } } });
    expect(await sending).toEqual({ key: { id: 'x' } });
  });

  test('contain bytes as JSON, not as an attachment', async () => {
    const sending = commandsOf(client).sendMessage('1@s.whatsapp.net', { image: Buffer.from('png'), caption: 'x' });
    const { data, reply } = await gateway.next('command');
    expect(data['args']).toEqual(['1@s.whatsapp.net', { image: { type: 'Buffer', data: 'cG5n' }, caption: 'x' }]);
    reply({ ok: true, data: null });
    await sending;
  });

  test('use the session, deadline and key of the caller', async () => {
    const options = { session: 'other', idempotencyKey: 'order-5', deadlineMs: 9_000 };
    void commandsOf(client)
      .with(options)
      .sendMessage('1@s.whatsapp.net', { text: 'hi' })
      .catch(() => undefined);
    expect((await gateway.next('command')).data).toMatchObject({ session: 'other', idempotencyKey: 'order-5' });
  });

  test('are resent with the same key after a lost connection', async () => {
    const sending = client.execute('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'hi' } });
    const first = await gateway.next('command');
    first.socket.conn.close();
    const second = await gateway.next('command');
    expect(second.data['idempotencyKey']).toBe(first.data['idempotencyKey']);
    second.reply({ ok: true, data: 'sent' });
    expect(await sending).toBe('sent');
  });

  test('fail uncertainly if they are refused when resent', async () => {
    const sending = client.execute('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'hi' } });
    (await gateway.next('command')).socket.conn.close();
    (await gateway.next('command')).reply({ ok: false, error: { code: 'NO_OWNER', message: 'Nobody.', retryable: true, certain: true } });
    await expect(sending).rejects.toMatchObject({ code: 'NO_OWNER', certain: false, retryable: true });
  });

  test("keep the server's retryable and certain", async () => {
    const sending = client.execute('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'hi' } });
    const error = { code: 'EGRESS_FAILED', message: 'No file.', retryable: true, certain: true };
    (await gateway.next('command')).reply({ ok: false, error });
    await expect(sending).rejects.toMatchObject(error);
  });

  test('that are repeatable are sent again without a key', async () => {
    const asking = client.execute('getSession', []);
    const first = await gateway.next('command');
    expect(first.data).not.toHaveProperty('idempotencyKey');
    first.socket.conn.close();
    (await gateway.next('command')).reply({ ok: true, data: 'view' });
    expect(await asking).toBe('view');
  });

  test('without a key fail uncertainly after a lost connection', async () => {
    const creating = client.execute('createSession', []);
    (await gateway.next('command')).socket.conn.close();
    await expect(creating).rejects.toMatchObject({ code: 'TIMEOUT', certain: false });
  });

  test('fail uncertainly if the client is closed meanwhile', async () => {
    const link = gateway.link();
    const sender = new CommandSender(link, 'sales');
    const waiting = ['sendMessage', 'createSession'] as const;
    const outcomes = waiting.map(method => sender.execute(method, []));
    for (const _ of waiting) await gateway.next('command');
    link.close();
    for (const outcome of outcomes) await expect(outcome).rejects.toMatchObject({ code: 'CLOSED', certain: false });
    await expect(sender.execute('sendMessage', [])).rejects.toMatchObject({ code: 'CLOSED', certain: true });
  });

  test('reject with the error of the server', async () => {
    const sending = client.execute('sendMessage', []);
    const error = { code: 'NO_OWNER', message: 'nobody', retryable: true, certain: true, details: { session: 'sales' } };
    (await gateway.next('command')).reply({ ok: false, error });
    await expect(sending).rejects.toMatchObject({ ...error, name: 'WabusError' });
  });

  test('reject certainly only if no server was reached', async () => {
    await gateway.stop();
    await expect(client.execute('sendMessage', [], { deadlineMs: 30 })).rejects.toMatchObject({ code: 'UNREACHABLE', certain: true });
    await gateway.start();
    const sending = client.execute('sendMessage', [], { deadlineMs: 500 });
    const lost = await gateway.next('command');
    lost.socket.conn.close();
    await gateway.stop();
    await expect(sending).rejects.toMatchObject({ code: 'TIMEOUT', certain: false });
    await gateway.start();
  });

  test('require a session', async () => {
    await expect(new CommandSender(gateway.link(), undefined).execute('getSession', [])).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
