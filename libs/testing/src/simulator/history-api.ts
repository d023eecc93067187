/** How the phone of an account sends its history to linked devices. */
export interface HistoryTerms {
  /**
   * Whether chunks are files on the media host, as WhatsApp sends all but the first.
   * Otherwise they are inside the message: stock Baileys downloads only from WhatsApp's public host.
   */
  uploaded: boolean;
  /** Number of uploads that are gone when they are downloaded: the device must request them again. */
  missing: number;
  /** Delay of the response to a chunk download, in ms. */
  latencyMs: number;
  /** Number of chunks into which recent history is divided. */
  recentChunks: number;
}

/** A message of a phone that contains or references a chunk of history. */
export interface HistoryChunk {
  readonly id: string;
  readonly syncType: string;
  readonly chunkOrder: number;
  readonly uploaded: boolean;
  /** `received` by the device's receipt for the message, `confirmed` by `hist_sync`, `asked-again` by `server-error`. */
  readonly state: 'sent' | 'received' | 'confirmed' | 'asked-again';
}
