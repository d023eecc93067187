/** How credentials pass through an edge. */
export abstract class TransferSettings {
  /** The largest stream that is imported. */
  abstract readonly maxBytes: number;
}
