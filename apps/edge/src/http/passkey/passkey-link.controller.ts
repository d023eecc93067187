import { Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { WabusError, type PasskeyView } from '@wabus/contracts';
import { OpenEndpoint } from '@wabus/runtime';
import type { NextFunction, Request, Response } from 'express';
import { PasskeyLinkService } from '../../commands-out/passkey-link.service.js';
import { PAGE_SECURITY, passkeyErrorPage, passkeyPage } from './passkey-link.page.js';

/** Origins of the browser extension, and of the WhatsApp page on which the extension requests the passkey. */
const ORIGINS = /^(?:(?:chrome|moz)-extension:\/\/[A-Za-z0-9-]+|https:\/\/web\.whatsapp\.com)$/;
const METHODS = 'GET, POST, DELETE';
const PREFLIGHT_SECONDS = '600';

/**
 * Sets the CORS headers of the one-time addresses, and answers preflights. Credentials are not permitted: the token in the address is the only permission.
 */
export function passkeyLinkCors(request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.vary('Origin');
  const { origin } = request.headers;
  if (origin !== undefined && ORIGINS.test(origin)) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    // An extension on a public page may send requests to an edge in a private network.
    if (request.headers['access-control-request-private-network'] === 'true')
      response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  if (request.method === 'OPTIONS') response.status(204).end();
  else next();
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * Serves the one-time address of a passkey link: JSON for programs such as the browser extension, and a page without scripts for users
 * without it. The token in the address is the permission.
 */
@OpenEndpoint()
@Controller('passkey/:token')
export class PasskeyLinkController {
  constructor(private readonly links: PasskeyLinkService) {}

  @Get()
  async get(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!asksForPage(request)) return void response.json(await this.links.view(token));
    try {
      page(response, 200, passkeyPage(await this.links.view(token), pathOf(token)));
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'INTERNAL') throw thrown;
      page(response, error.code === 'NOT_FOUND' ? 404 : error.code === 'RATE_LIMITED' ? 429 : 409, passkeyErrorPage(error, pathOf(token)));
    }
  }

  @Post()
  submit(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    // A user pastes the text that the developer tools have printed.
    return this.answer(token, request, response, (fields, form) =>
      this.links.submit(token, form ? { assertion: parsed(fields['assertion']) } : fields)
    );
  }

  @Post('confirm')
  confirm(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer(token, request, response, (fields, form) =>
      this.links.confirm(token, form ? { equal: fields['equal'] === 'true' } : fields)
    );
  }

  /** The equivalent of `DELETE` for the page, which has no scripts. */
  @Post('cancel')
  giveUp(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.answer(token, request, response, () => this.links.cancel(token));
  }

  @Delete()
  cancel(@Param('token') token: string): Promise<PasskeyView> {
    return this.links.cancel(token);
  }

  private async answer(token: string, request: Request, response: Response, act: Act): Promise<void> {
    const { body } = request as { body: unknown };
    const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
    if (!request.is(FORM)) return void response.status(200).json(await act(fields, false));
    try {
      await act(fields, true);
      response.redirect(303, pathOf(token));
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'INTERNAL') throw thrown;
      page(response, 400, passkeyErrorPage(error, pathOf(token)));
    }
  }
}

/** @param form whether the fields come from a form on the page and are all text */
type Act = (fields: Record<string, unknown>, form: boolean) => Promise<PasskeyView>;

function pathOf(token: string): string {
  return `/passkey/${encodeURIComponent(token)}`;
}

function asksForPage({ headers }: Request): boolean {
  return (headers.accept ?? '').split(',').some(type => type.trim().startsWith('text/html'));
}

function page(response: Response, status: number, html: string): void {
  response.setHeader('Content-Security-Policy', PAGE_SECURITY);
  response.status(status).type('html').send(html);
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
  } catch {
    return null;
  }
}
