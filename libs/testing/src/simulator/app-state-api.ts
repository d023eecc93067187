/** How the server treats changes of the synchronized state that devices of an account send, and how a device comes to the whole of it. */
export interface AppStateTerms {
  /** So many changes are refused, from now on. */
  refuse: number;
  /** With this code; 409 as if another device had been faster. */
  code: number;
  /** So many reads of a collection are refused with `code`, from now on. */
  refuseReads: number;
  /** What a device gets that has none of a collection: a snapshot, one whose authentication code is wrong, or the changes one by one. */
  snapshots: 'valid' | 'broken' | 'none';
  /** So many changes of the phone carry the authentication code of another state, from now on: its copy and the server's have diverged. */
  diverged: number;
  /** So many changes of the phone reach devices forged, from now on: the snapshot has them as they are. */
  forged: number;
  /** How: another authentication code of the whole change, another value of a record, or each record twice. */
  forgery: 'code' | 'value' | 'repeated';
  /** What the phone does when a device asks for keys that it lacks: gives them, says that it lacks them too, or nothing. */
  keys: 'given' | 'lacking' | 'silent';
  /** What the phone does when a device asks it for a collection: hands it out, answers without it, or nothing. */
  recovery: 'complete' | 'empty' | 'silent';
}
