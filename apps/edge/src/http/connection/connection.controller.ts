import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  parseBody,
  UpdateSettingsRequest,
  type Cleared,
  type ConnectionChange,
  type ConnectionData,
  type GeneratedQr,
  type SessionSettingsView
} from '@wabus/contracts';
import { CurrentPrincipal } from '../../auth/bearer.guard.js';
import type { Principal } from '../../auth/principal.js';
import { checkSession } from '../../commands-out/command-request.policy.js';
import { ConnectionApi } from '../../connection-api/connection-api.js';
import { SessionConfigurator } from '../../connection-api/session-configurator.js';

/** Serves the connection API under the session's own path, with the same responses, and the settings of a session. */
@Controller('api/sessions/:session')
export class ConnectionController {
  constructor(
    private readonly api: ConnectionApi,
    private readonly configurator: SessionConfigurator
  ) {}

  @Get('connection')
  status(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<ConnectionData> {
    return this.api.status(principal, session);
  }

  @Post('connection/qrcode')
  @HttpCode(200)
  generateQr(@CurrentPrincipal() principal: Principal, @Param('session') session: string, @Body() body: unknown): Promise<GeneratedQr> {
    return this.api.generateQr(principal, session, body);
  }

  @Post('connection/disconnect')
  @HttpCode(200)
  disconnect(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<ConnectionData> {
    return this.api.disconnect(principal, session);
  }

  @Post('connection/close')
  @HttpCode(200)
  close(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<ConnectionChange> {
    return this.api.close(principal, session);
  }

  @Post('connection/save')
  @HttpCode(200)
  save(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<{ sucesso: true }> {
    return this.api.save(principal, session);
  }

  @Post('connection/restore')
  @HttpCode(200)
  restore(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<ConnectionChange> {
    return this.api.restore(principal, session);
  }

  @Post('connection/clear')
  @HttpCode(200)
  clear(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<Cleared> {
    return this.api.clear(principal, session);
  }

  @Post('connection/config')
  @HttpCode(200)
  setConfig(@CurrentPrincipal() principal: Principal, @Param('session') session: string, @Body() body: unknown): Promise<ConnectionData> {
    return this.api.setConfig(principal, session, body);
  }

  @Get('settings')
  settings(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionSettingsView> {
    return this.configurator.view(principal, checkSession(session));
  }

  @Patch('settings')
  async update(
    @CurrentPrincipal() principal: Principal,
    @Param('session') session: string,
    @Body() body: unknown
  ): Promise<SessionSettingsView> {
    return this.configurator.change(principal, checkSession(session), parseBody(UpdateSettingsRequest, body));
  }
}
