import type { Socket } from 'socket.io';

/** python-engineio closes the connection on a payload of more than 16 packets (`Payload.max_decode_packets`). One is left for the packet that closes. */
const PACKETS_OF_A_POLL = 15;

/** Answers each poll with as many packets as every client takes; what is left goes with the next one, and before the connection is closed in order. */
export function pollInParts(connection: Socket['conn']): void {
  const engine = connection as unknown as EngineSocket;
  let rest: unknown[] = [];
  // engine.io sends what is in the list after the one event, and tells of it by the other, in one step.
  connection.on('flush', (packets: unknown[]) => {
    if (connection.transport.name === 'polling') rest = packets.splice(PACKETS_OF_A_POLL);
  });
  connection.on('drain', () => {
    if (rest.length === 0) return;
    engine.writeBuffer = rest.concat(engine.writeBuffer);
    rest = [];
  });
  const close = connection.close.bind(connection);
  connection.close = discard => {
    if (discard || connection.readyState !== 'open' || engine.writeBuffer.length <= PACKETS_OF_A_POLL) return close(discard);
    connection.once('drain', () => connection.close(discard));
  };
}

/** What is used of engine.io 6: packets that wait for the transport. */
interface EngineSocket {
  writeBuffer: unknown[];
}
