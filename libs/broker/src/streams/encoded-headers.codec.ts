import type { MsgHdrs } from '@nats-io/transport-node';

const LINE_BREAK = /[\r\n]/;

/** Headers of a NATS message as their lines. Throws `RangeError` for a value that would end its line. */
export function headerLines(headers: readonly (readonly [name: string, value: string])[]): string {
  let lines = '';
  for (const [name, value] of headers) {
    if (LINE_BREAK.test(value)) throw new RangeError(`header ${name} contains a line break`);
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

/**
 * Headers for `publish` alone, which asks them for nothing but their bytes. The client's own compare each name with all others and check each character of it,
 * which is a tenth of what an event costs.
 */
export function encodedHeaders(lines: string): MsgHdrs {
  const encoded = { encode: () => Buffer.from(`NATS/1.0\r\n${lines}\r\n`, 'utf8') };
  return encoded as unknown as MsgHdrs;
}
