import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { QrCode, QrFormat } from '@wabus/contracts';
import type { Response } from 'express';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';

const CONTENT_TYPE: Record<QrFormat, string> = {
  raw: 'text/plain; charset=utf-8',
  terminal: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png'
};

/** The QR code as a document of its own, with the milliseconds it stays valid in `Wabus-Qr-Ttl-Ms`. No answer below `/api` may be stored. */
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
