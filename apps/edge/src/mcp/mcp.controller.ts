import { Controller, Post, Req, Res } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { ShareLimiter } from '../auth/share.limiter.js';
import { Offers } from './mcp.catalog.js';

/** Limits the messages of MCP clients that are in progress. There are no client sessions that could be counted instead. */
export class McpLimiter extends ShareLimiter {}

export const MCP_PATH = '/api/mcp';

/**
 * Refuses requests before authentication (MCP, "Streamable HTTP"). Web pages of origins that are not listed get `FORBIDDEN`, including
 * pages whose host name was made to resolve to this edge (DNS rebinding, where origin and host agree). Requests for streams and client
 * sessions, which this server does not support, get 405.
 */
export function refuseForeignPages(origins: readonly string[]): RequestHandler {
  return ({ method, headers: { origin } }, response, next) => {
    // A request without an origin does not come from a web page.
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
    // Newer versions of MCP have no batches, and rate limits would count a batch of a hundred commands as one request.
    if (Array.isArray(request.body)) throw new WabusError('INVALID_REQUEST', { message: 'Send one MCP message at a time.' });
    const { tools } = request.query;
    if (tools !== undefined && tools !== 'all')
      throw new WabusError('INVALID_REQUEST', { message: 'Set tools to "all", or leave it out.', details: { field: 'tools' } });
    const { answerMcp } = await import('./mcp.protocol.js');
    await this.limiter.pass(principal, () => answerMcp(this.offers.to(principal, tools === 'all'), request, response));
  }
}
