/** How the phone of an account hands its history to linked devices. */
export interface HistoryTerms {
  /** Chunks are files on the media host, as WhatsApp sends all but the first. Otherwise they are inside the message: stock Baileys fetches from WhatsApp's public host only. */
  uploaded: boolean;
  /** So many uploads are gone when they are fetched: the device has to ask for them again. */
  missing: number;
  /** How long a fetch of a chunk waits for its answer. */
  latencyMs: number;
  /** Into how many chunks recent history is divided. */
  recentChunks: number;
}

/** One message of a phone that carries or names a chunk of history. */
export interface HistoryChunk {
  readonly id: string;
  readonly syncType: string;
  readonly chunkOrder: number;
  readonly uploaded: boolean;
  /** `received` by the device's receipt for the message, `confirmed` by `hist_sync`, `asked-again` by `server-error`. */
  readonly state: 'sent' | 'received' | 'confirmed' | 'asked-again';
}
