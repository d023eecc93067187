import { ShareLimiter } from '../../auth/share.limiter.js';

/** Requests that look through stored events or read models: what they find is in memory until it was sent. */
export class SearchLimiter extends ShareLimiter {}
