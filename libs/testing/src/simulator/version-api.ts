/** The part of the simulator's control API that controls the versions of clients. */

/** Which versions of WhatsApp Web the service accepts, and how its page responds. docs/simulator.md lists the source of each value. */
export interface VersionTerms {
  /** Logins and links with a lower version are refused with 405. */
  oldestVersion: string;
  /** A lower version can show QR and pairing codes as usual, but every link fails: the phone reports at the end that the device could not be linked. */
  oldestLinkingVersion: string;
  /** The `client_revision` in `/sw.js`. */
  revision: number;
  /** How the page responds: normally, with 503, with text that contains no revision, or not at all. */
  page: 'answers' | 'fails' | 'garbage' | 'silent';
}

/** The terms in force, and the number of requests to the page since start, whatever the response. */
export interface VersionReport extends VersionTerms {
  lookUps: number;
}
