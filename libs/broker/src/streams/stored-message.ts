import type { StoredMsg } from '@nats-io/jetstream';
import type { Msg } from '@nats-io/transport-node';

/** A message of a stream with its place in it. */
export interface StoredMessage {
  readonly subject: string;
  readonly sequence: number;
  readonly data: Uint8Array;
  /** Bytes of subject, reply, headers and data: what a pull counts. */
  readonly size: number;
  header(name: string): string | undefined;
  /** The data as UTF-8. */
  text(): string;
}

/** Where a consumer delivered a message: its place in the stream, its number for this consumer from 1 on, and how many matching ones follow. */
export interface StoredDelivery {
  /** How often this message was delivered by now, this time included. */
  readonly attempt: number;
  readonly sequence: number;
  readonly number: number;
  readonly pending: number;
}

/** A header by its name, `undefined` when there is none. */
export type HeaderReader = (name: string) => string | undefined;

/** Where the client has what it received: not part of its interface, so nothing depends on finding it. */
interface MessageInside {
  readonly _msg?: { readonly hdr?: number };
  readonly _rdata?: Uint8Array;
}

/** Reads all headers of a message when the first one is asked for. The client checks and copies each of them, which was an eighth of what a replay cost an edge. */
export function headerReaderOf(message: Msg): HeaderReader {
  let values: ReadonlyMap<string, string> | null = null;
  return name => (values ??= headersIn(message)).get(name) || undefined;
}

function headersIn(message: Msg): ReadonlyMap<string, string> {
  const { _msg: { hdr: length = 0 } = {}, _rdata: received } = message as MessageInside;
  if (received === undefined || length <= 0) return new Map([...(message.headers ?? [])].map(([name, [value = '']]) => [name, value]));
  const values = new Map<string, string>();
  const text = Buffer.from(received.buffer, received.byteOffset, length).toString();
  for (const line of text.split('\r\n')) {
    const end = line.indexOf(':');
    if (end > 0 && !values.has(line.slice(0, end))) values.set(line.slice(0, end), line.slice(end + 1).trim());
  }
  return values;
}

/** The header of a message, `undefined` when it has none of that name. */
export function headerOf(message: Msg, name: string): string | undefined {
  // The client gives an empty text for a header that is not there.
  return message.headers?.get(name) || undefined;
}

/**
 * Reads the subject to which a delivered message would be acknowledged (ADR-15):
 * `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>[.<random>]`. `null` for any other message.
 */
export function parseDelivery(reply: string | undefined): StoredDelivery | null {
  const tokens = reply?.split('.') ?? [];
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return null;
  const first = tokens.length === 9 ? 4 : 6;
  const [attempt, sequence, number, pending] = [tokens[first], tokens[first + 1], tokens[first + 2], tokens[first + 4]].map(Number);
  return { attempt: attempt!, sequence: sequence!, number: number!, pending: pending! };
}

/** `header`: where the caller has read some of its headers already. */
export function storedMessage(message: Msg, sequence: number, subject = message.subject, header = headerReaderOf(message)): StoredMessage {
  return {
    subject,
    sequence,
    data: message.data,
    size: sizeOf(message),
    header,
    text: () => message.string()
  };
}

/** A message that was requested alone. */
export function storedRecord(message: StoredMsg): StoredMessage {
  return {
    subject: message.subject,
    sequence: message.seq,
    data: message.data,
    size: message.data.length,
    header: name => (message.header.has(name) ? message.header.get(name) : undefined),
    text: () => message.string()
  };
}

function sizeOf(message: Msg): number {
  // Known to the client, and missing in its types.
  return (message as Msg & { size(): number }).size();
}
