import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { WabusError, type SessionStatus, type SessionView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';

/** Sessions as resources: what is no command of the session in the path. The rest are rows of the table of command routes. */
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
    return (await this.commands.execute(principal, { session, method: 'createSession', args })) as SessionView;
  }

  @Get(':session/status')
  async status(@CurrentPrincipal() principal: Principal, @Param('session') session: string): Promise<SessionStatus> {
    return ((await this.commands.execute(principal, { session, method: 'getSession' })) as SessionView).status;
  }
}
