import type { Readable } from 'node:stream';
import { COMMAND_CATALOG, isBytesJson, type CommandRow, type SocketCommand } from '@wabus/contracts';

/** What the method of Baileys behind a command is called with: plain copies, since Baileys changes some of what it gets, with bytes revived and files opened. */
export function socketArguments(command: SocketCommand, request: object): unknown[] {
  const row: CommandRow = COMMAND_CATALOG[command];
  const fields = revived(request) as Record<string, unknown>;
  switch (row.pass) {
    case 'spread':
      return fields[row.parameters[0]!] as unknown[];
    case 'object':
      return [fields];
    case undefined:
      // JSON has no `undefined`: callers that pass arguments by position write `null` for one they leave out.
      return row.parameters.map(name => fields[name] ?? undefined);
  }
}

/** Plain copies of JSON data, with its bytes as bytes. */
export function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OutgoingMedia) return value.open();
  if (isBytesJson(value)) return Buffer.from(value.data, 'base64');
  if (Array.isArray(value)) return value.map(revived);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revived(item)]));
}

/** What is known of a file before it is read. */
export interface OutgoingMediaFacts {
  /** `null`: not known. */
  readonly mimetype: string | null;
  readonly fileName: string | null;
  readonly bytes: number;
}

/** A file on its way to WhatsApp, instead of the source that a caller named. Nothing is read before `open`. */
export class OutgoingMedia {
  constructor(
    readonly facts: OutgoingMediaFacts,
    private readonly start: () => Readable | Buffer
  ) {}

  /** In the form that Baileys takes: it reads a stream once, piece by piece, into an encrypted temporary file. */
  open(): Buffer | { stream: Readable } {
    const content = this.start();
    return Buffer.isBuffer(content) ? content : { stream: content };
  }
}
