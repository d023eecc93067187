import { ShareLimiter } from '../auth/share.limiter.js';

/** Files on their way: uploads, downloads, and fetches of files that a command names by their address. */
export class TransferLimiter extends ShareLimiter {}
