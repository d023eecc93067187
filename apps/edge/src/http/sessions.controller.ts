import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { likelySession, WabusError, type QrCode, type QrFormat, type SessionStatus, type SessionView } from '@wabus/contracts';
import type { Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';

/** Serves sessions as resources: the requests that are not commands of a session in the path. All others are rows of the table of command routes. */
@Controller('api/sessions')
export class SessionsController {
  constructor(private readonly commands: CommandClient) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): { sessions: SessionView[] } {
    return { sessions: this.commands.sessions(principal) };
  }

  @Post()
  async create(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<SessionView> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new WabusError('INVALID_REQUEST', { message: 'The body must be a JSON object {"session": "<id>"}.' });
    }
    const { session, ...args } = body as { session?: unknown };
    const meant = session === undefined ? likelySession(args) : undefined;
    if (meant !== undefined)
      throw new WabusError('INVALID_REQUEST', { message: `There is no field ${meant}: did you mean session?`, details: { field: meant } });
    return (await this.commands.execute(principal, { session, method: 'createSession', args })) as SessionView;
  }

  @Get(':session/status')
  async status(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionStatus> {
    return ((await this.commands.execute(principal, { session, method: 'getSession' })) as SessionView).status;
  }
}

const CONTENT_TYPE: Record<QrFormat, string> = {
  raw: 'text/plain; charset=utf-8',
  terminal: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png'
};

/** Serves the QR code as a document of its own, with its remaining lifetime in `Wabus-Qr-Ttl-Ms`. No response below `/api` may be stored. */
@Controller('api/sessions/:session/qr')
export class QrController {
  constructor(private readonly commands: CommandClient) {}

  @Get()
  async qr(
    @CurrentPrincipal() principal: Principal,
    @Param('session') session: string,
    @Query('format') format: unknown,
    @Res() response: Response
  ): Promise<void> {
    const args = format === undefined ? {} : { format };
    const qr = (await this.commands.execute(principal, { session, method: 'getQr', args })) as QrCode;
    response
      .status(200)
      .setHeader('Content-Type', CONTENT_TYPE[qr.format])
      .setHeader('Wabus-Qr-Ttl-Ms', String(qr.ttlMs))
      .setHeader('Wabus-Qr-Attempt', String(qr.attempt))
      .send(qr.format === 'png' ? bytesOfDataUrl(qr.qr) : qr.qr);
  }
}

function bytesOfDataUrl(url: string): Buffer {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
