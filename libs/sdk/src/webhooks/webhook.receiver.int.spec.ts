import { fork, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyEvent } from '../events/event-envelope.js';
import { Printed } from '../link/printed.fixture.js';
import type { DeliveryStore } from './delivery.store.js';
import { FileDeliveryStore } from '../node/file.delivery.store.js';
import { webhookListener } from '../node/webhook.listener.js';
import { WebhookReceiver, type WebhookReceiverOptions } from './webhook.receiver.js';

const KEY = Buffer.from('a secret of thirty-two characters');
const SECRET = `whsec_${KEY.toString('base64')}`;

/** A receiver in a separate process. With `stuck`, its work never ends. */
const PROGRAM = `
import { createServer } from 'node:http';
import { WebhookReceiver } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
import { FileDeliveryStore, webhookListener } from ${JSON.stringify(new URL('../../dist/node/index.js', import.meta.url).href)};
const [secret, folder, isStuck] = process.argv.slice(2);
const receiver = new WebhookReceiver({
  secret,
  store: new FileDeliveryStore(folder),
  handler: async event => {
    process.send({ began: event.id });
    if (isStuck) await new Promise(() => setInterval(() => {}, 1_000));
    process.send({ done: event.id });
  }
});
await receiver.start();
const server = createServer(webhookListener(receiver));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
`;

const folder = mkdtempSync(join(tmpdir(), 'wabus-receiver-'));
afterAll(() => rmSync(folder, { recursive: true }));

const eventOf = (id: string, chat = `${id[0]}@lid`): object => ({
  ...{ id, session: 'sales', event: 'presence.update', cursor: 'c', at: '', epoch: 1, schemaVersion: 1 },
  data: { id: chat, presences: {} }
});

/** Signs and posts a delivery as an edge does, and returns the status of the response. */
async function deliver(port: number, id: string, { body = JSON.stringify(eventOf(id)), key = KEY } = {}): Promise<number> {
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
  const headers = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature };
  return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) })).status;
}

describe('a receiver of webhooks', () => {
  const ended: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ended.splice(0)) await end();
  });

  /** Starts a receiver in this process. */
  const serve = async (options: Partial<WebhookReceiverOptions>): Promise<{ port: number; receiver: WebhookReceiver }> => {
    const receiver = new WebhookReceiver({ secret: SECRET, handler: () => undefined, ...options });
    const server: Server = createServer(webhookListener(receiver)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ended.push(() => server.close().closeAllConnections());
    return { port: (server.address() as AddressInfo).port, receiver };
  };

  test('handles after kill -9 what it answered before', async () => {
    const main = join(folder, 'receiver.mjs');
    writeFileSync(main, PROGRAM);
    const store = join(folder, 'killed');
    const launch = async (...args: string[]): Promise<{ child: ChildProcess; port: number; said: Record<string, string>[] }> => {
      const child = fork(main, [SECRET, store, ...args], { execArgv: [] });
      ended.push(() => child.kill('SIGKILL'));
      const said: Record<string, string>[] = [];
      child.on('message', message => said.push(message as Record<string, string>));
      const port = await new Promise<number>((resolve, reject) => {
        child.on('message', message => 'port' in (message as object) && resolve((message as { port: number }).port));
        child.once('exit', code => reject(new Error(`ended with ${code}`)));
      });
      return { child, port, said };
    };
    const kill = async (child: ChildProcess): Promise<void> => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    const ids = ['a1', 'a2', 'b1', 'a3'];

    const stuck = await launch('stuck');
    for (const id of ids) expect(await deliver(stuck.port, id)).toBe(200);
    // A repetition, as after a lost response.
    expect(await deliver(stuck.port, 'a2')).toBe(200);
    await kill(stuck.child);
    expect(stuck.said.filter(({ done }) => done)).toEqual([]);

    const second = await launch();
    const doneOf = ({ said }: { said: Record<string, string>[] }): string[] => said.flatMap(({ done }) => done ?? []);
    while (doneOf(second).length < ids.length) await once(second.child, 'message');
    expect(doneOf(second).sort()).toEqual([...ids].sort());
    expect(doneOf(second).filter(id => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    while (readdirSync(join(store, 'waiting')).length > 0) await new Promise(setImmediate);
    await kill(second.child);

    const third = await launch();
    for (const id of ids) expect(await deliver(third.port, id)).toBe(200);
    expect(await deliver(third.port, 'new')).toBe(200);
    while (doneOf(third).length === 0) await once(third.child, 'message');
    expect(doneOf(third)).toEqual(['new']);
  }, 30_000);

  test('answers before the work, and works chat by chat', async () => {
    const open = new Map<string, () => void>();
    const began: string[] = [];
    const started = (id: string): Promise<void> => until(() => began.includes(id));
    const { port } = await serve({
      parallel: 2,
      maxWaiting: 4,
      handler: ({ id }) => {
        began.push(id);
        return new Promise<void>(resolve => open.set(id, resolve));
      }
    });
    for (const id of ['a1', 'a2', 'b1', 'c1']) expect(await deliver(port, id)).toBe(200);
    await started('b1');
    expect(began).toEqual(['a1', 'b1']);
    // The receiver is full: the edge delivers it again later.
    expect(await deliver(port, 'd1')).toBe(503);
    open.get('b1')!();
    await started('c1');
    expect(began).toEqual(['a1', 'b1', 'c1']);
    open.get('a1')!();
    await started('a2');
    expect(await deliver(port, 'd1')).toBe(200);
    for (const id of ['a2', 'c1']) open.get(id)!();
    await started('d1');
    open.get('d1')!();
  });

  test('answers a forgery with 401 and a test with 200', async () => {
    const { port, receiver } = await serve({});
    expect(await deliver(port, 'x', { key: Buffer.from('another') })).toBe(401);
    expect(await deliver(port, 'x', { body: JSON.stringify({ event: 'webhook.test' }) })).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(405);
    expect(receiver.waiting).toBe(0);
  });

  test('repeats a failed event, then gives it up', async () => {
    const failures: [string, number, boolean][] = [];
    const store = new FileDeliveryStore(join(folder, 'given-up'));
    const handled: string[] = [];
    const { port, receiver } = await serve({
      store,
      maxAttempts: 2,
      handler: ({ id }: AnyEvent) => {
        if (id === 'a1' || (id === 'b1' && failures.every(([failed]) => failed !== 'b1'))) throw new Error('no database');
        handled.push(id);
      },
      onError: (_error, { event, attempt, gaveUp }) => {
        failures.push([event.id, attempt, gaveUp]);
        // A further error, which is printed and has no effect.
        throw new Error('nor its log');
      }
    });
    const printed = new Printed();
    const bulk = JSON.stringify({ events: [eventOf('b1'), eventOf('b2')] });
    expect([await deliver(port, 'a1'), await deliver(port, 'b', { body: bulk })]).toEqual([200, 200]);
    await until(() => receiver.waiting === 0);
    expect(handled).toEqual(['b1', 'b2']);
    expect(failures.sort()).toEqual([
      ['a1', 1, false],
      ['a1', 2, true],
      ['b1', 1, false]
    ]);
    printed.release();
    expect(printed.errors).toEqual(failures.map(() => expect.objectContaining({ message: 'nor its log' }) as object));
    // The id is known, so the delivery is not handled again.
    expect(await deliver(port, 'a1')).toBe(200);
    expect(receiver.waiting).toBe(0);

    const [file] = readdirSync(join(folder, 'given-up', 'given-up'));
    renameSync(join(folder, 'given-up', 'given-up', file!), join(folder, 'given-up', 'waiting', file!));
    const again: string[] = [];
    const next = new WebhookReceiver({
      secret: SECRET,
      store: new FileDeliveryStore(join(folder, 'given-up')),
      handler: ({ id }) => again.push(id)
    });
    await next.start();
    await until(() => next.waiting === 0);
    expect(again).toEqual(['a1']);
  }, 15_000);

  test('tries again after its store has failed', async () => {
    const kept = [{ id: 'a1', body: JSON.stringify(eventOf('a1')) }];
    let failures = 1;
    const handled: string[] = [];
    const store: DeliveryStore = {
      unfinished: () => (failures-- > 0 ? Promise.reject(new Error('the disk is away')) : Promise.resolve(kept)),
      add: () => Promise.resolve(true),
      finish: () => undefined,
      giveUp: () => undefined
    };
    const { port, receiver } = await serve({ store, handler: ({ id }) => handled.push(id) });
    await expect(receiver.start()).rejects.toThrow('the disk is away');
    expect(await deliver(port, 'b1')).toBe(200);
    await until(() => receiver.waiting === 0);
    expect(handled).toEqual(['a1', 'b1']);
  });

  test('refuses after close, and keeps waiting deliveries stored', async () => {
    const path = join(folder, 'closed');
    const { port, receiver } = await serve({
      store: new FileDeliveryStore(path),
      handler: () => Promise.reject(new Error('not now'))
    });
    expect(await deliver(port, 'a1')).toBe(200);
    await receiver.close();
    expect(await deliver(port, 'a2')).toBe(503);
    expect((await new FileDeliveryStore(path).unfinished()).map(({ id }) => id)).toEqual(['a1']);
  });
});

/** Waits for a condition within this process, and checks it in each turn of the event loop. */
async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await new Promise(setImmediate);
}
