/** The part of the simulator's control API that is about the version that clients present. */

/** Which versions of WhatsApp Web the service takes, and what its page says. docs/simulator.md says where each value comes from. */
export interface VersionTerms {
  /** Logins and links with a lower version are refused with 405. */
  oldestVersion: string;
  /** A lower version can show QR and pairing codes as usual, but every link fails: the phone says at its end that the device could not be linked. */
  oldestLinkingVersion: string;
  /** The `client_revision` in `/sw.js`. */
  revision: number;
  /** How the page answers: as it does, with 503, with text that names no revision, or not at all. */
  page: 'answers' | 'fails' | 'garbage' | 'silent';
}

/** What is in force, and how often the page was asked since start, whatever it answered. */
export interface VersionReport extends VersionTerms {
  lookUps: number;
}
