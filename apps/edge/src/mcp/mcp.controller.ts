import { Controller, Post, Req, Res } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { ShareLimiter } from '../auth/share.limiter.js';
import { Offers } from './mcp.catalog.js';

/** Messages of MCP clients that are being answered. There are no sessions of clients that could be counted instead. */
export class McpLimiter extends ShareLimiter {}

export const MCP_PATH = '/api/mcp';

/**
 * Refuses before anybody asks for a token (MCP, "Streamable HTTP"): web pages of other origins than these, also those whose name was made to lead here (DNS rebinding,
 * where origin and host agree), with `FORBIDDEN`; and with 405 the streams and sessions of clients that this server does not have.
 */
export function refuseForeignPages(origins: readonly string[]): RequestHandler {
  return ({ method, headers: { origin } }, response, next) => {
    // What comes without an origin comes from no web page.
    if (origin !== undefined && !origins.includes(origin)) {
      const message = 'Web pages of this origin may not use this edge.';
      return next(new WabusError('FORBIDDEN', { message, details: { header: 'Origin' } }));
    }
    if (method === 'POST') return next();
    const message = 'Send MCP messages to this address by POST. It offers no streams and no client sessions.';
    const error = new WabusError('INVALID_REQUEST', { message });
    response.status(405).setHeader('Allow', 'POST').json({ ok: false, error: error.toBody() });
  };
}

/** The endpoint for MCP clients: programs that let an assistant use tools. Each message is authenticated separately, like every HTTP request. */
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
    const { tools } = request.query;
    if (tools !== undefined && tools !== 'all')
      throw new WabusError('INVALID_REQUEST', { message: 'Set tools to "all", or leave it out.', details: { field: 'tools' } });
    const { answerMcp } = await import('./mcp.protocol.js');
    await this.limiter.pass(principal, () => answerMcp(this.offers.to(principal, tools === 'all'), request, response));
  }
}
