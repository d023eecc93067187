import { Injectable, type NestMiddleware } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { NextFunction, Request, Response } from 'express';
import { McpSettings } from './mcp.settings.js';

/**
 * What is refused before anybody asks for a token (MCP, "Streamable HTTP"): web pages of other origins, also those whose name was made to lead here (DNS rebinding, where
 * origin and host agree), and the streams and sessions that this server does not have.
 */
@Injectable()
export class McpDoor implements NestMiddleware {
  constructor(private readonly settings: McpSettings) {}

  /** Throws `FORBIDDEN`. */
  use({ method, headers: { origin } }: Request, response: Response, next: NextFunction): void {
    if (origin !== undefined && !this.settings.origins.includes(origin))
      throw new WabusError('FORBIDDEN', { message: 'Web pages of this origin may not use this edge.', details: { header: 'Origin' } });
    if (method === 'POST') return next();
    const error = new WabusError('INVALID_REQUEST', { message: 'MCP messages are POSTed here; there are no streams and no sessions of clients.' });
    response.status(405).setHeader('Allow', 'POST').json({ ok: false, error: error.toBody() });
  }
}
