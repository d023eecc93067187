/** The part of the simulator's control API that controls LIDs and numbers. */

/** How an account is moved to LIDs, in addition to the attributes of `pair-success`. */
export interface MigrateArgs {
  phoneNumber: string;
  /** `message`: the phone sends its table of LIDs to the linked devices; `prop`: only the feature switch at the next login reports it. */
  how: 'message' | 'prop';
}
