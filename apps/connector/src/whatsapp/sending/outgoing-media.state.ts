import type { Readable } from 'node:stream';

/** What is known of a file before it is read. */
export interface OutgoingMediaFacts {
  /** `null`: not known. */
  readonly mimetype: string | null;
  readonly fileName: string | null;
  readonly bytes: number;
}

/** A file on its way to WhatsApp, in place of the source that a caller named. Nothing is read before `open`. */
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
