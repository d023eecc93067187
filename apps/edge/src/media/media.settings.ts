import { ShareLimiter, type ShareLimits } from '../auth/share.limiter.js';
import type { Pace } from './pace.watch.js';

/** How files are taken and handed out. */
export abstract class MediaSettings {
  abstract readonly maxFileBytes: number;
  /** For one file that a command names by its address. */
  abstract readonly fetchTimeoutMs: number;
  /** Files on their way at the same time. */
  abstract readonly transfers: ShareLimits;
  /** How slow may be who sends a file, takes one or holds one that a command names by its address. */
  abstract readonly pace: Pace;
}

/** Files on their way: uploads, downloads, and fetches of files that a command names by their address. */
export class TransferLimiter extends ShareLimiter {}
