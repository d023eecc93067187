import { WebSocketServer, WebSocket } from 'ws';
import { once } from 'node:events';
import { encodeFrames } from './packet-frame.codec.js';

describe('Socket.IO packets as WebSocket frames', () => {
  it.each([[0], [1], [124], [125], [65_534], [65_535], [200_000]])(
    'are what ws itself writes for each of them, at the limits of the head as well: %d characters',
    length => {
      const texts = ['2["a"]', 'x'.repeat(length), 'ä💬'];
      const written = texts.flatMap(text =>
        (WebSocket as unknown as FrameWriter).Sender.frame(Buffer.from(`4${text}`), { fin: true, opcode: 1, mask: false, rsv1: false })
      );
      expect(encodeFrames(texts.map(text => [text.slice(0, 3), text.slice(3)])).equals(Buffer.concat(written))).toBe(true);
    }
  );

  it('are read by a standard client in order, as many as there are', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
    const [accepted] = (await once(server, 'connection')) as [WebSocket];
    const texts = Array.from({ length: 500 }, (_, n) => `2["call",{"n":${n},"text":"${'ö'.repeat(n)}"}]`);
    const read: string[] = [];
    const all = new Promise<void>(resolve =>
      client.on('message', data => (read.push((data as Buffer).toString()) === texts.length ? resolve() : undefined))
    );
    (accepted as unknown as { _socket: { write(data: Buffer): void } })._socket.write(encodeFrames(texts.map(text => [text])));
    await all;
    expect(read).toEqual(texts.map(text => `4${text}`));
    client.terminate();
    server.close();
  });
});

/** Not in the types of ws, and what Socket.IO itself uses to write a frame once for many. */
interface FrameWriter {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
}
