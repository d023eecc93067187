import { connect, type Socket } from 'node:net';
import { awaitCondition } from '@wabus/testing';
import { io } from 'socket.io-client';
import { EdgeFixture, TOKEN } from '../edge.fixture.js';

const H2C = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA';
const JAVA = `User-Agent: Java-http-client/17.0.13\r\n${H2C}`;

/** A connection that a test writes to byte by byte. */
class RawConnection {
  text = '';

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (chunk: string) => (this.text += chunk));
    socket.on('error', () => undefined);
  }

  static async open(url: string): Promise<RawConnection> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise(resolve => socket.once('connect', resolve));
    return new RawConnection(socket);
  }

  write(text: string): this {
    this.socket.write(text.replaceAll('TOKEN', TOKEN), 'latin1');
    return this;
  }

  /** Returns the status codes once `count` responses have arrived. */
  async statuses(count: number): Promise<number[]> {
    const read = (): number[] => [...this.text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    return awaitCondition(read, statuses => statuses.length >= count);
  }
}

describe('an offer of another protocol', () => {
  let edge: EdgeFixture;
  const open: RawConnection[] = [];
  beforeAll(async () => {
    edge = await EdgeFixture.launch();
  }, 30_000);
  afterAll(async () => {
    for (const { socket } of open) socket.destroy();
    await edge.stop();
  }, 30_000);
  const raw = async (text = ''): Promise<RawConnection> => {
    const connection = await RawConnection.open(edge.url);
    open.push(connection);
    return text === '' ? connection : connection.write(text);
  };
  const head = (offer: string, line = 'GET /api/sessions HTTP/1.1'): string =>
    `${line}\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n${offer}\r\n`;

  it.each([
    ['h2c', H2C],
    ["h2c of Java's client", JAVA],
    ['TLS', 'Connection: Upgrade\r\nUpgrade: TLS/1.0'],
    ['several', 'Connection: keep-alive, Upgrade\r\nUpgrade: h2c, IRC/6.9, RTA/x11'],
    ['in two headers', 'Connection: keep-alive\r\nConnection: upgrade\r\nUpgrade: h2c\r\nUpgrade: TLS/1.2'],
    ['nonsense', 'Connection: Upgrade\r\nUpgrade: ,,'],
    ['WebSocket at a path without it', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x']
  ])('%s is ignored, and the connection remains usable', async (_what, offer) => {
    const connection = await raw(`${head(offer)}\r\n`);
    await expect(connection.statuses(1)).resolves.toEqual([200]);
    connection.write(`${head(offer)}\r\n`);
    await expect(connection.statuses(2)).resolves.toEqual([200, 200]);
    connection.write(`${head('X-Plain: 1', 'GET /nowhere HTTP/1.1')}\r\n`);
    await expect(connection.statuses(3)).resolves.toEqual([200, 200, 404]);
    expect(connection.text).not.toContain(' 101 ');
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])('is ignored with %s', async method => {
    const plain = await raw(`${head('X-Plain: 1', `${method} /api/sessions/none HTTP/1.1`)}Content-Length: 2\r\n\r\n{}`);
    const offering = await raw(`${head(JAVA, `${method} /api/sessions/none HTTP/1.1`)}Content-Length: 2\r\n\r\n{}`);
    expect(await offering.statuses(1)).toEqual(await plain.statuses(1));
  });

  it.each([
    ['a length in one piece', Infinity, (body: string) => `Content-Length: ${body.length}\r\n\r\n${body}`],
    ['a length in many pieces', 7, (body: string) => `Content-Length: ${body.length}\r\n\r\n${body}`],
    [
      'chunks in one piece',
      Infinity,
      (body: string) => `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    ],
    ['chunks in many pieces', 7, (body: string) => `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`]
  ])('keeps a body with %s', async (what, step, framed) => {
    const body = JSON.stringify({ session: what.replaceAll(' ', '-') });
    const text = `${head(JAVA, 'POST /api/sessions HTTP/1.1')}Content-Type: application/json\r\n${framed(body)}`.replaceAll('TOKEN', TOKEN);
    const connection = await raw();
    for (let i = 0; i < text.length; i += step) {
      connection.write(text.slice(i, i + step));
      await new Promise(setImmediate);
    }
    await expect(connection.statuses(1)).resolves.toEqual([201]);
  });

  it('keeps the order of answers to requests sent together', async () => {
    const connection = await raw(
      [head('X-Plain: 1'), head(JAVA, 'GET /nowhere HTTP/1.1'), head(JAVA, 'GET /api/principal HTTP/1.1')]
        .map(text => `${text}\r\n`)
        .join('')
    );
    await expect(connection.statuses(3)).resolves.toEqual([200, 404, 200]);
  });

  it('closes the connection if the request demands it', async () => {
    const connection = await raw(`${head('Connection: Upgrade, close\r\nUpgrade: h2c')}\r\n`);
    await new Promise(resolve => connection.socket.once('close', resolve));
    expect(connection.text).toMatch(/^HTTP\/1\.1 200[^]*connection: close/i);
  });

  it('is ignored by the polling of Socket.IO', async () => {
    const connection = await raw(`${head(JAVA, 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1')}\r\n`);
    await expect(connection.statuses(1)).resolves.toEqual([200]);
  });

  it('is accepted if it contains WebSocket among others', async () => {
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13';
    const connection = await raw(
      `${head(`Connection: Upgrade\r\nUpgrade: h2c, WebSocket\r\n${key}`, 'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1')}\r\n`
    );
    await expect(connection.statuses(1)).resolves.toEqual([101]);
  });

  it('is harmless if its sender disconnects at once', async () => {
    for (let i = 0; i < 50; i++) (await raw(`${head(JAVA)}\r\n`)).socket.destroy();
    const socket = io(edge.url, { auth: { token: TOKEN }, transports: ['websocket'], reconnection: false, forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    socket.close();
  });
});
