import type { Socket } from 'node:net';

const HEAD = Buffer.from('HTTP/1.1 100 ');
const END = '\r\n\r\n';

/**
 * Removes unrequested `100 Continue` responses from the data of a connection. A client must be able to read them (RFC 9110, section 15.2),
 * but undici treats them as malformed responses. Servers send them before the response, in the same chunk or in a separate one.
 */
export function skipInterimAnswers<T extends Socket>(socket: T): T {
  const read = socket.read.bind(socket) as (size?: number) => unknown;
  socket.read = (size?: number): unknown => {
    const chunk = read(size);
    return Buffer.isBuffer(chunk) ? withoutInterim(chunk) : chunk;
  };
  return socket;
}

/** Returns `null`, as if there were nothing to read, if the chunk contains nothing else. */
function withoutInterim(chunk: Buffer): Buffer | null {
  let rest = chunk;
  while (rest.subarray(0, HEAD.length).equals(HEAD)) {
    const end = rest.indexOf(END);
    if (end < 0) return rest;
    rest = rest.subarray(end + END.length);
  }
  return rest.length > 0 || chunk.length === 0 ? rest : null;
}
