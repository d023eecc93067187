import { ShareLimiter } from '../auth/share.limiter.js';

/** Messages of MCP clients that are being answered. There are no sessions of clients that could be counted instead. */
export class McpLimiter extends ShareLimiter {}
