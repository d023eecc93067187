import { ShareLimiter, type ShareLimits } from '../auth/share.limiter.js';
import type { Pace } from './pace.watch.js';

/** Limits for receiving and sending files. */
export abstract class MediaSettings {
  abstract readonly maxFileBytes: number;
  /** The time limit for one file that a command names by its address. */
  abstract readonly fetchTimeoutMs: number;
  /** The most files that are transferred at the same time. */
  abstract readonly transfers: ShareLimits;
  /** The slowest pace permitted for a client that sends or receives a file, and for a server that a command names. */
  abstract readonly pace: Pace;
}

/** Limits file transfers: uploads, downloads, and fetches of files that a command names by their address. */
export class TransferLimiter extends ShareLimiter {}
