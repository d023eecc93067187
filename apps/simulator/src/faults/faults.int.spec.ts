import '../quiet-console.fixture.js';
import { once } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';
import { connectClient, pairByQr, pairedClient, post, type ConnectedClient, type MemoryAuth } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';

describe('faults on demand', () => {
  let simulator: Simulator;
  let auth: MemoryAuth;

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB]) await post(simulator, 'createAccount', { phoneNumber });
    ({ auth } = await pairedClient(simulator, ALICE));
  });

  afterAll(() => simulator.stop());
  afterEach(() => post(simulator, 'setFaults', { faults: {} }));

  const connect = async (config?: Parameters<typeof connectClient>[2]): Promise<ConnectedClient> => {
    const client = connectClient(simulator.ready.url, auth, config);
    await client.trace.open();
    return client;
  };
  const setFaults = (faults: object, phoneNumber?: string) => post(simulator, 'setFaults', { phoneNumber, faults });
  const write = (text: string) => post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text } });

  it.each([401, 403, 411, 440, 500, 503, 515])('close a connection with stream error %d', async code => {
    const { trace } = await connect();
    expect(await post(simulator, 'disconnect', { phoneNumber: ALICE, how: 'stream-error', code })).toEqual({ closed: 1 });
    expect(await trace.closeCode()).toBe(code);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
  });

  it('close a connection as if another had replaced it', async () => {
    const { trace } = await connect();
    await post(simulator, 'disconnect', { phoneNumber: ALICE, how: 'stream-error', conflict: true });
    expect(await trace.closeCode()).toBe(440);
  });

  it.each(['reset', 'close'] as const)('end a connection by %s, which the client reports', async how => {
    const { trace } = await connect();
    await post(simulator, 'disconnect', { phoneNumber: ALICE, how });
    expect([408, 428]).toContain(await trace.closeCode());
  });

  it('drop stanzas, which stay queued for the next connection', async () => {
    const { socket, trace } = await connect();
    await setFaults({ drop: 'message' }, ALICE);
    await write('dropped');
    expect(await post(simulator, 'devices', { phoneNumber: ALICE })).toEqual([expect.objectContaining({ unconfirmed: 1 })]);
    await setFaults({}, ALICE);
    await write('passed');
    await trace.message('passed');
    expect(trace.texts()).toEqual(['passed']);
    await socket.end(undefined);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    await (await connect()).trace.message('dropped');
  });

  it('delay stanzas without changing their order', async () => {
    const { trace, socket } = await connect();
    await setFaults({ delayMs: 300 }, ALICE);
    const started = performance.now();
    await write('slow one');
    await setFaults({}, ALICE);
    await write('fast two');
    await trace.message('fast two');
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
    expect(trace.texts()).toEqual(['slow one', 'fast two']);
    await socket.end(undefined);
  });

  it('duplicate messages, which the client shows once', async () => {
    const { trace, socket } = await connect();
    await setFaults({ duplicate: true }, ALICE);
    const before = simulator.world.counters.messagesToDevices;
    const acks: string[] = [];
    const listen = ({ stanza }: { stanza: { tag: string; attrs: Record<string, string> } }) => {
      if (stanza.tag === 'ack' && stanza.attrs['class'] === 'message') acks.push(stanza.attrs['error'] ?? '');
    };
    simulator.world.events.on('stanza-in', listen);
    await write('twice');
    await setFaults({}, ALICE);
    await write('after');
    await trace.message('after');
    simulator.world.events.off('stanza-in', listen);
    expect(simulator.world.counters.messagesToDevices - before).toBe(2);
    expect(trace.texts()).toEqual(['twice', 'after']);
    // 487 is the code with which Baileys acknowledges a ciphertext that it has read before.
    expect(acks).toEqual(['487']);
    await socket.end(undefined);
  });

  it('fall silent, which the client notices through its pings', async () => {
    const { trace } = await connect({ keepAliveIntervalMs: 500 });
    await setFaults({ silent: true }, ALICE);
    expect(await trace.closeCode()).toBe(408);
  });

  it('fall silent for all clients, even in handshakes', async () => {
    await setFaults({ silent: true });
    expect(await connectClient(simulator.ready.url, auth, { connectTimeoutMs: 500 }).trace.closeCode()).toBe(408);
  });

  it('refuse the WebSocket upgrade with an HTTP status', async () => {
    await setFaults({ refuseUpgradeWith: 503 });
    const socket = new WebSocket(simulator.ready.url);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(503);
    await setFaults({});
    await (await connect()).socket.end(undefined);
  });

  it.each([401, 403, 405, 503])('refuse a login with %d', async refuseLoginWith => {
    await setFaults({ refuseLoginWith }, ALICE);
    expect(await connectClient(simulator.ready.url, auth).trace.closeCode()).toBe(refuseLoginWith);
  });

  it('leave the iqs of a namespace unanswered', async () => {
    const { socket } = await connect();
    const ask = () =>
      socket.query({ tag: 'iq', attrs: { to: '@s.whatsapp.net', xmlns: 'blocklist', type: 'get' } }, 300) as Promise<BinaryNode>;
    await setFaults({ unanswered: ['blocklist'] }, ALICE);
    await expect(ask()).rejects.toMatchObject({ output: { statusCode: 408 } });
    await setFaults({}, ALICE);
    expect((await ask()).attrs['type']).toBe('result');
    await socket.end(undefined);
  });

  it('of one account do not affect the others', async () => {
    await setFaults({ refuseLoginWith: 503 }, ALICE);
    const other = await pairByQr(simulator, BOB);
    await connectClient(simulator.ready.url, other).trace.open();
  });
});
