/** How the server treats app state changes from an account's devices, and how a device gets the complete app state. */
export interface AppStateTerms {
  /** Number of changes to refuse from now on. */
  refuse: number;
  /** The error code of the refusals; 409 as if another device had been faster. */
  code: number;
  /** Number of reads of a collection to refuse with `code` from now on. */
  refuseReads: number;
  /** What a device without a collection receives: a snapshot, a snapshot with an invalid authentication code, or the individual changes. */
  snapshots: 'valid' | 'broken' | 'none';
  /** Number of phone changes from now on with the authentication code of a different state, as if the copies of the phone and the server had diverged. */
  diverged: number;
  /** Number of phone changes from now on that reach devices forged; the snapshot has them unforged. */
  forged: number;
  /** The forgery: a different authentication code of the whole change, a different value of a record, or each record twice. */
  forgery: 'code' | 'value' | 'repeated';
  /** How the phone responds to a device's request for missing keys: it sends them, reports that it lacks them too, or does not respond. */
  keys: 'given' | 'lacking' | 'silent';
  /** How the phone responds to a device's request for a collection: with the collection, without it, or not at all. */
  recovery: 'complete' | 'empty' | 'silent';
}
