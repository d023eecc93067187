import { awaitCondition } from '@wabus/testing';
import { io, type Socket } from 'socket.io-client';
import { EdgeFixture, TOKEN } from '../edge.fixture.js';

/** The separator between the packets of a payload (Engine.IO protocol, revision 4). */
const SEPARATOR = '\x1e';
/** The most packets that python-engineio accepts in one payload. */
const TAKEN = 16;

/** A long-polling client that reads payloads as they arrive. */
class Poller {
  private sid = '';
  readonly payloads: string[][] = [];

  constructor(
    private readonly url: string,
    private readonly token = TOKEN
  ) {}

  private get address(): string {
    return `${this.url}/socket.io/?EIO=4&transport=polling${this.sid === '' ? '' : `&sid=${this.sid}`}`;
  }

  async connect(): Promise<this> {
    const [open] = await this.poll();
    this.sid = (JSON.parse(open!.slice(1)) as { sid: string }).sid;
    await this.send(`40/api/events,${JSON.stringify({ token: this.token })}`);
    await this.poll();
    return this;
  }

  async send(packet: string): Promise<void> {
    await (await fetch(this.address, { method: 'POST', body: packet })).text();
  }

  async poll(): Promise<string[]> {
    const packets = (await (await fetch(this.address)).text()).split(SEPARATOR);
    for (const packet of packets) if (packet === '2') await this.send('3');
    this.payloads.push(packets);
    return packets;
  }

  /** The numbers in the received events. */
  get numbers(): number[] {
    return this.payloads.flat().flatMap(packet => {
      const [, json] = /^42\/api\/events,(.*)$/s.exec(packet) ?? [];
      const [name, data] = json === undefined ? [] : (JSON.parse(json) as [string, { n: number } | { data: { n: number } }]);
      return name === 'call' ? ['data' in data! ? data.data.n : data!.n] : [];
    });
  }
}

describe('long polling', () => {
  let edge: EdgeFixture;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    edge = await EdgeFixture.launch();
  }, 30_000);
  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await edge.stop();
  }, 30_000);
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  const publish = async (from: number, to: number): Promise<void> => {
    for (const n of range(from, to)) await edge.publish('sales', 'call', { n });
  };

  it('catches up in payloads that every client accepts, in order', async () => {
    const since = await edge.broker.eventLog.end();
    await publish(0, 200);
    const poller = await new Poller(edge.url).connect();
    await poller.send(`42/api/events,${JSON.stringify(['subscribe', { events: ['call'], since, envelope: true }])}`);
    while (poller.numbers.length < 200) await poller.poll();
    expect(poller.numbers).toEqual(range(0, 200));
    expect(largest(poller)).toBeLessThanOrEqual(TAKEN);
  });

  /** Publishes these events, and returns when the edges have delivered them. */
  const burst = async (from: number, to: number): Promise<void> => {
    const witness = await edge.client().connectEvents();
    await witness.subscribe(['call']);
    const last = new Promise<void>(resolve => witness.socket.on('call', ({ n }: { n: number }) => void (n === to - 1 && resolve())));
    await publish(from, to);
    await last;
    witness.close();
  };
  const largest = ({ payloads }: Poller): number => Math.max(...payloads.map(({ length }) => length));

  it('delivers a burst in order, in payloads that clients accept', async () => {
    const poller = await new Poller(edge.url).connect();
    await poller.send('42/api/events,["subscribe",["call"]]');
    await burst(200, 300);
    while (poller.numbers.length < 100) await poller.poll();
    expect(poller.numbers).toEqual(range(200, 300));
    expect(largest(poller)).toBeLessThanOrEqual(TAKEN);
  });

  it('gets all pending data and the reason before it is closed', async () => {
    const grant = { name: 'short', scopes: ['read'] };
    const { id, token } = (await edge.client().post<{ id: string; token: string }>('/api/tokens', grant)).body;
    const poller = await new Poller(edge.url, token).connect();
    await poller.send('42/api/events,["subscribe",["call"]]');
    await burst(300, 400);
    await edge.client().delete(`/api/tokens/${id}`);
    while (!poller.payloads.flat().includes('1')) await poller.poll();
    expect(poller.numbers).toEqual(range(300, 400));
    expect(poller.payloads.flat().filter(packet => packet.includes('"exception"'))).toHaveLength(1);
    expect(largest(poller)).toBeLessThanOrEqual(TAKEN);
  });

  it('loses no pending data when the client upgrades', async () => {
    const since = await edge.broker.eventLog.end();
    await publish(0, 300);
    const socket = io(`${edge.url}/api/events`, { auth: { token: TOKEN }, reconnection: false, forceNew: true });
    sockets.push(socket);
    const got: number[] = [];
    socket.on('call', ({ data }: { data: { n: number } }) => got.push(data.n));
    socket.emit('subscribe', { events: ['call'], since, envelope: true });
    await awaitCondition(
      () => got.length,
      length => length >= 300
    );
    expect(got).toEqual(range(0, 300));
  });
});
