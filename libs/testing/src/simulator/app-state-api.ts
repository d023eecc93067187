/** How the server treats changes of the synchronised state that devices of an account send. */
export interface AppStateTerms {
  /** So many changes are refused, from now on. */
  refuse: number;
  /** With this code; 409 as if another device had been faster. */
  code: number;
}
