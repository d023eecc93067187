/** How credentials are taken over and handed out. */
export interface TransferSettings {
  /** The largest stream that is imported. */
  readonly maxBytes: number;
  /** Imports that one process holds in memory at once. */
  readonly maxImports: number;
  /** After so long without a next step a transfer is forgotten. */
  readonly idleMs: number;
  /** Whether credentials may be exported at all. */
  readonly exportAllowed: boolean;
}
