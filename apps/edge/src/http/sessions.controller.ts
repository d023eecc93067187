import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  WabusError,
  type CommandName,
  type PairingCodeIssued,
  type RestoredSession,
  type SentMessage,
  type SessionStatus,
  type SessionView
} from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';

/** Sessions as resources: success bodies are the replies of the commands behind the routes. */
@Controller('api/sessions')
export class SessionsController {
  constructor(private readonly commands: CommandClient) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): { sessions: SessionView[] } {
    return { sessions: this.commands.sessions(principal) };
  }

  @Post()
  create(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<SessionView> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new WabusError('INVALID_REQUEST', { message: 'The body must be a JSON object {"session": "<id>"}.' });
    }
    return this.run(principal, (body as { session?: unknown }).session, 'createSession');
  }

  @Get(':session')
  get(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'getSession');
  }

  @Get(':session/status')
  async status(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionStatus> {
    return (await this.run<SessionView>(principal, session, 'getSession')).status;
  }

  @Delete(':session')
  delete(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'deleteSession');
  }

  @Post(':session/start')
  @HttpCode(200)
  start(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'startSession');
  }

  @Post(':session/stop')
  @HttpCode(200)
  stop(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'stopSession');
  }

  @Post(':session/restart')
  @HttpCode(200)
  restart(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'restartSession');
  }

  @Post(':session/logout')
  @HttpCode(200)
  logout(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionView> {
    return this.run(principal, session, 'logoutSession');
  }

  @Post(':session/restore')
  @HttpCode(200)
  restore(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<RestoredSession> {
    return this.run(principal, session, 'restoreSession');
  }

  @Post(':session/pairing-code')
  @HttpCode(200)
  pairingCode(
    @CurrentPrincipal() principal: Principal,
    @Param('session') session: string,
    @Body() args: unknown
  ): Promise<PairingCodeIssued> {
    return this.run(principal, session, 'requestPairingCode', { args });
  }

  @Post(':session/messages')
  @HttpCode(200)
  send(
    @CurrentPrincipal() principal: Principal,
    @Param('session') session: string,
    @Body() args: unknown,
    @Headers('idempotency-key') idempotencyKey?: string
  ): Promise<SentMessage> {
    return this.run(principal, session, 'sendMessage', { args, idempotencyKey });
  }

  private run<Reply>(
    principal: Principal,
    session: unknown,
    method: CommandName,
    rest: { args?: unknown; idempotencyKey?: string } = {}
  ): Promise<Reply> {
    return this.commands.execute(principal, { session, method, ...rest }) as Promise<Reply>;
  }
}
