import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request } from 'express';
import { CurrentPrincipal } from '../../auth/bearer.guard.js';
import type { Principal } from '../../auth/principal.js';
import { ConnectionApi } from '../../connection-api/connection-api.js';

interface DocumentedCommand {
  readonly method: 'GET' | 'POST';
  readonly run: (api: ConnectionApi, principal: Principal, session: string, body: unknown) => Promise<unknown>;
}

/** The commands by their names in the document. Commands that it calls with GET may also be called with POST, because they change something. */
const COMMANDS: Readonly<Record<string, DocumentedCommand>> = {
  generate_qrcode: { method: 'POST', run: (api, principal, session, body) => api.generateQr(principal, session, body) },
  status: { method: 'GET', run: (api, principal, session) => api.status(principal, session) },
  disconnect: { method: 'GET', run: (api, principal, session) => api.disconnect(principal, session) },
  close_session: { method: 'GET', run: (api, principal, session) => api.close(principal, session) },
  save_session: { method: 'GET', run: (api, principal, session) => api.save(principal, session) },
  restore_session: { method: 'GET', run: (api, principal, session) => api.restore(principal, session) },
  clear: { method: 'GET', run: (api, principal, session) => api.clear(principal, session) },
  set_config: { method: 'POST', run: (api, principal, session, body) => api.setConfig(principal, session, body) }
};

interface Named {
  readonly session: string;
  readonly command: string;
}

/** Serves the connection API at the paths of its document: `/<session>/<command>.aspx`. */
@Controller()
export class ConnectionDocumentController {
  constructor(private readonly api: ConnectionApi) {}

  @Get(':session/:command.aspx')
  @Header('Cache-Control', 'no-store')
  ask(@CurrentPrincipal() principal: Principal, @Param() named: Named, @Req() { method }: Request): Promise<unknown> {
    // HEAD requests arrive here as well, and must change nothing.
    return this.execute(principal, method, named);
  }

  @Post(':session/:command.aspx')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  order(@CurrentPrincipal() principal: Principal, @Param() named: Named, @Body() body: unknown): Promise<unknown> {
    return this.execute(principal, 'POST', named, body);
  }

  private execute(principal: Principal, method: string, { session, command }: Named, body?: unknown): Promise<unknown> {
    const documented = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (documented === undefined || (method !== documented.method && method !== 'POST')) throw new WabusError('NOT_FOUND');
    return documented.run(this.api, principal, session, body);
  }
}
