import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { awaitCondition } from '../condition.js';
import { launchTcpProxy, type TcpProxy } from './tcp.proxy.js';

describe('the fault proxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  let received: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    echo = createServer({ allowHalfOpen: true }, socket => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await launchTcpProxy({ port: (echo.address() as AddressInfo).port });
    received = '';
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await proxy.stop();
    await once(echo.close(), 'close');
  });

  async function open(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('data', (chunk: Buffer) => (received += chunk.toString())).on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }
  // `once` would reject with the socket's error, which is how a reset appears.
  const closed = (socket: Socket): Promise<void> => new Promise(resolve => socket.once('close', () => resolve()));
  const awaitEcho = (text: string): Promise<string> =>
    awaitCondition(
      () => received,
      value => value === text
    );

  it('passes both directions, and an end', async () => {
    const socket = await open();
    socket.end('all of it');
    await closed(socket);
    expect(received).toBe('all of it');
  });

  it.each(['out', 'in'] as const)('holds back one direction (%s)', async only => {
    const socket = await open();
    socket.write('before ');
    await awaitEcho('before ');
    let arrived = '';
    const noted = new Promise<void>(resolve =>
      echo.once('connection', (one: Socket) => one.on('data', chunk => (arrived += chunk.toString())) && resolve())
    );
    proxy.hole(only);
    const other = await open();
    await noted;
    other.write('during');
    const passes = awaitCondition(
      () => arrived,
      text => text === 'during',
      { waitMs: only === 'in' ? 5_000 : 150 }
    );
    if (only === 'in') await passes;
    else await expect(passes).rejects.toThrow('not met');
    expect(received).toBe('before ');
    proxy.pass();
    await awaitEcho('before during');
  });

  it('holds bytes in a hole, and delivers them in order later', async () => {
    const socket = await open();
    socket.write('before ');
    await awaitEcho('before ');
    proxy.hole();
    const late = await open();
    socket.write('during ');
    late.write('');
    await expect(
      awaitCondition(
        () => received.length,
        length => length > 'before '.length,
        { waitMs: 150 }
      )
    ).rejects.toThrow('not met');
    expect([socket.destroyed, late.destroyed]).toEqual([false, false]);
    proxy.pass();
    socket.write('after');
    await awaitEcho('before during after');
  });

  it('resets open and new connections until it passes again', async () => {
    const socket = await open();
    const reset = closed(socket);
    proxy.reset();
    await reset;
    const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await closed(refused);
    await awaitCondition(
      () => proxy.connections,
      count => count === 0
    );
    proxy.pass();
    (await open()).write('again');
    await awaitEcho('again');
  });

  it('delays each chunk and keeps the order', async () => {
    const socket = await open();
    proxy.delay(100);
    const startedAt = Date.now();
    socket.write('one ');
    socket.write('two');
    await awaitEcho('one two');
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(195);
  });
});
