import { WabusError } from '@wabus/contracts';
import type { RequestHandler } from 'express';

export const MCP_PATH = '/api/mcp';

/**
 * Refuses before anybody asks for a token (MCP, "Streamable HTTP"): web pages of other origins than these, also those whose name was made to lead here (DNS rebinding,
 * where origin and host agree), with `FORBIDDEN`; and with 405 the streams and sessions of clients that this server does not have.
 */
export function mcpDoor(origins: readonly string[]): RequestHandler {
  return ({ method, headers: { origin } }, response, next) => {
    // What comes without an origin comes from no web page.
    if (origin !== undefined && !origins.includes(origin)) {
      const message = 'Web pages of this origin may not use this edge.';
      return next(new WabusError('FORBIDDEN', { message, details: { header: 'Origin' } }));
    }
    if (method === 'POST') return next();
    const message = 'MCP messages are POSTed here; there are no streams and no sessions of clients.';
    const error = new WabusError('INVALID_REQUEST', { message });
    response.status(405).setHeader('Allow', 'POST').json({ ok: false, error: error.toBody() });
  };
}
