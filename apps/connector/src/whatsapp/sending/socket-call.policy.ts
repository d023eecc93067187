import type { Readable } from 'node:stream';
import { COMMAND_CATALOG, isBytesJson, type CommandRow, type SocketCommand } from '@wabus/contracts';

/** Returns the arguments for the Baileys method of a command: plain copies, since Baileys changes some arguments, with bytes revived and files opened. */
export function socketArguments(command: SocketCommand, request: object): unknown[] {
  const row: CommandRow = COMMAND_CATALOG[command];
  const fields = revived(request) as Record<string, unknown>;
  switch (row.pass) {
    case 'spread':
      return fields[row.parameters[0]!] as unknown[];
    case 'object':
      return [fields];
    case undefined:
      // JSON has no `undefined`: callers that pass arguments by position use `null` for an omitted argument.
      return row.parameters.map(name => fields[name] ?? undefined);
  }
}

/** Returns a plain copy of JSON data, with encoded bytes as a `Buffer` and files opened. */
export function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OutgoingMedia) return value.open();
  if (isBytesJson(value)) return Buffer.from(value.data, 'base64');
  if (Array.isArray(value)) return value.map(revived);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revived(item)]));
}

/** The properties of a file that are known before it is read. */
export interface OutgoingMediaFacts {
  /** `null` if unknown. */
  readonly mimetype: string | null;
  readonly fileName: string | null;
  readonly bytes: number;
}

/** A file to send to WhatsApp, in place of the source that a caller specified. Nothing is read before `open`. */
export class OutgoingMedia {
  constructor(
    readonly facts: OutgoingMediaFacts,
    private readonly start: () => Readable | Buffer
  ) {}

  /** Opens the file in Baileys' form: Baileys reads a stream once, piece by piece, into an encrypted temporary file. */
  open(): Buffer | { stream: Readable } {
    const content = this.start();
    return Buffer.isBuffer(content) ? content : { stream: content };
  }
}
