import { Controller, Post, Req, Res } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request, Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { MCP_PATH } from './mcp.door.js';
import { McpLimiter } from './mcp.limiter.js';
import { Offers } from './mcp.offer.js';

/** The door for MCP clients: programs that let an assistant use tools. Each message is authenticated by itself, as every HTTP request is. */
@Controller(MCP_PATH)
export class McpController {
  constructor(
    private readonly offers: Offers,
    private readonly limiter: McpLimiter
  ) {}

  @Post()
  async answer(@CurrentPrincipal() principal: Principal, @Req() request: Request, @Res() response: Response): Promise<void> {
    // Newer versions of MCP have no batches, and a hundred commands in one request would be one for whoever counts requests.
    if (Array.isArray(request.body)) throw new WabusError('INVALID_REQUEST', { message: 'Send one MCP message at a time.' });
    const { answerMcp } = await import('./mcp.protocol.js');
    await this.limiter.pass(principal, () => answerMcp(this.offers.to(principal), request, response));
  }
}
