import type { ShareLimits } from '../auth/share.limiter.js';

/** What answers cost, how slowly clients may take them, and how those without an end are kept alive. */
export abstract class HttpSettings {
  /** Event streams that are open at this edge. */
  abstract readonly streams: ShareLimits;
  /** How often a stream without news says that it is still there. */
  abstract readonly keepAliveMs: number;
  /** How long a client may take nothing of an answer. */
  abstract readonly stallMs: number;
}
