import type { StoredMsg } from '@nats-io/jetstream';
import type { Msg } from '@nats-io/transport-node';

/** A message of a stream and its position. */
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

/** The delivery of a message by a consumer: its sequence in the stream, its number for this consumer starting at 1, and how many matching messages follow. */
export interface StoredDelivery {
  /** Number of deliveries of this message, including this one. */
  readonly attempt: number;
  readonly sequence: number;
  readonly number: number;
  readonly pending: number;
}

/** Returns a header by name; `undefined` if there is none. */
export type HeaderReader = (name: string) => string | undefined;

/** The client's internal buffers. They are not part of its API, so the code must work without them. */
interface MessageInside {
  readonly _msg?: { readonly hdr?: number };
  readonly _rdata?: Uint8Array;
}

/**
 * Parses all headers of a message when the first one is read.
 * The client validates and copies each of them, which was an eighth of the cost of a replay on an edge.
 */
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

/** Returns a header of a message; `undefined` if there is none. */
export function headerOf(message: Msg, name: string): string | undefined {
  // The client returns an empty string for a missing header.
  return message.headers?.get(name) || undefined;
}

/**
 * Parses the subject to which a delivered message would be acknowledged (ADR-15):
 * `$JS.ACK.[<domain>.<account>.]<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>[.<random>]`.
 * `null` for any other message.
 */
export function parseDelivery(reply: string | undefined): StoredDelivery | null {
  const tokens = reply?.split('.') ?? [];
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return null;
  const first = tokens.length === 9 ? 4 : 6;
  const [attempt, sequence, number, pending] = [tokens[first], tokens[first + 1], tokens[first + 2], tokens[first + 4]].map(Number);
  return { attempt: attempt!, sequence: sequence!, number: number!, pending: pending! };
}

/** @param header the header reader, if the caller has read some headers already */
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

/** Converts a message that was requested individually. */
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
  // The client implements it, but its types omit it.
  return (message as Msg & { size(): number }).size();
}
