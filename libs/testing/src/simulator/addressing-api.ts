/** The part of the simulator's control API that is about LIDs and numbers. */

/** How an account is moved to LIDs, beside what `pair-success` says of it. */
export interface MigrateArgs {
  phoneNumber: string;
  /** `message`: the phone sends its table of LIDs to the linked devices; `prop`: only the feature switch says so, at the next login. */
  how: 'message' | 'prop';
}
