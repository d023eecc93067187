import type { Socket } from 'node:net';

const HEAD = Buffer.from('HTTP/1.1 100 ');
const END = '\r\n\r\n';

/**
 * Takes interim answers `100 Continue` that nobody asked for out of what a connection receives: a client must be able to read them (RFC 9110, section 15.2), and undici takes them
 * for broken answers. Servers send them before the answer, in a piece of their own or with it.
 */
export function skipInterimAnswers<T extends Socket>(socket: T): T {
  const read = socket.read.bind(socket) as (size?: number) => unknown;
  socket.read = (size?: number): unknown => {
    const chunk = read(size);
    return Buffer.isBuffer(chunk) ? withoutInterim(chunk) : chunk;
  };
  return socket;
}

/** `null`, as for nothing to read, when nothing else is there. */
function withoutInterim(chunk: Buffer): Buffer | null {
  let rest = chunk;
  while (rest.subarray(0, HEAD.length).equals(HEAD)) {
    const end = rest.indexOf(END);
    if (end < 0) return rest;
    rest = rest.subarray(end + END.length);
  }
  return rest.length > 0 || chunk.length === 0 ? rest : null;
}
