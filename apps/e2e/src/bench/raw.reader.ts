import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { GATEWAY_NAMESPACE } from '@wabus/contracts';

/** Longer than any text to wait for. */
const TAIL = 200;

export interface RawReaderOptions {
  readonly port: number;
  /** If missing, no credentials are sent. */
  readonly token?: string;
  /** The `subscribe` message; none for a server that sends without a subscription. */
  readonly subscribe?: unknown;
}

/**
 * A minimal reader of a Socket.IO server over a WebSocket: it counts bytes and
 * searches for a marker, so that the reader itself does not limit the measurement.
 */
export class RawReader {
  private tail: Buffer = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {}

  /** Resolves once the connection is in the namespace and, if it subscribes, the subscription is acknowledged. */
  static async open({ port, token, subscribe }: RawReaderOptions): Promise<RawReader> {
    const socket = connect({ port, host: '127.0.0.1' });
    const reader = new RawReader(socket);
    socket.setNoDelay(true);
    const key = randomBytes(16).toString('base64');
    const request = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade'
    ];
    socket.write([...request, `Sec-WebSocket-Key: ${key}`, 'Sec-WebSocket-Version: 13', '', ''].join('\r\n'));
    await reader.awaitText('"pingInterval"');
    reader.send(`40${GATEWAY_NAMESPACE},${token === undefined ? '' : JSON.stringify({ token })}`);
    await reader.awaitText(`40${GATEWAY_NAMESPACE},`);
    if (subscribe !== undefined) {
      reader.send(`42${GATEWAY_NAMESPACE},0${JSON.stringify(['subscribe', subscribe])}`);
      await reader.awaitText('"ok":true');
    }
    return reader;
  }

  /** Resolves once this text has arrived. */
  awaitText(text: string): Promise<void> {
    const marker = Buffer.from(text);
    return new Promise((resolve, reject) => {
      const look = (chunk: Buffer): void => {
        // Searches bytes without decoding them, so that the reader itself does not limit the measurement.
        const isThere = chunk.includes(marker) || Buffer.concat([this.tail, chunk.subarray(0, TAIL)]).includes(marker);
        this.tail = chunk.length >= TAIL ? chunk.subarray(-TAIL) : Buffer.concat([this.tail, chunk]).subarray(-TAIL);
        if (!isThere) return;
        this.socket.off('data', look).off('close', gone);
        resolve();
      };
      const gone = (): void => reject(new Error(`closed before ${text}; last: ${this.tail.toString()}`));
      this.socket.on('data', look).once('close', gone).once('error', reject);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** Sends one masked text frame (RFC 6455). */
  private send(text: string): void {
    const data = Buffer.from(text);
    const head =
      data.length < 126 ? Buffer.from([0x81, 0x80 | data.length]) : Buffer.from([0x81, 0xfe, data.length >> 8, data.length & 255]);
    this.socket.write(Buffer.concat([head, Buffer.alloc(4), data]));
  }
}
