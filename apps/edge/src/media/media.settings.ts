/** How files are taken and handed out. */
export abstract class MediaSettings {
  abstract readonly maxFileBytes: number;
  /** For one file that a command names by its address. */
  abstract readonly fetchTimeoutMs: number;
  /** Files on their way at the same time. */
  abstract readonly maxTransfers: number;
}
