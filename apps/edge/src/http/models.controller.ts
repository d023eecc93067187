import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { isSessionId, type ModelStatus, type RebuildView, type Scope, type SessionId } from '@wabus/contracts';
import { authorise, mayReach, requireScope } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { ReadModels } from '../read-models/reading/read-models.js';
import { invalidParameter, refuseOtherParameters } from './query.policy.js';

/** Serves the state of the read models, and rebuilds them from the event log. */
@Controller('api')
export class ModelsController {
  constructor(
    private readonly models: ReadModels,
    private readonly registry: SessionRegistryStore
  ) {}

  @Get('sessions/:session/models')
  async status(@CurrentPrincipal() by: Principal, @Param('session') session: string): Promise<ModelStatus> {
    return this.models.status(await this.admit(by, 'read', session));
  }

  @Post('sessions/:session/models/rebuild')
  @HttpCode(202)
  async rebuild(@CurrentPrincipal() by: Principal, @Param('session') session: string, @Body() body: unknown): Promise<RebuildView> {
    const admitted = await this.admit(by, 'admin', session);
    return this.models.rebuild(admitted, discardIn(body));
  }

  /** Rebuilds the models of every session that the token permits. */
  @Post('models/rebuild')
  @HttpCode(202)
  async rebuildAll(@CurrentPrincipal() by: Principal, @Body() body: unknown): Promise<{ sessions: SessionId[] }> {
    requireScope(by, 'admin');
    const discard = discardIn(body);
    const living = this.registry.list().filter(({ desired }) => desired !== 'deleted');
    const sessions = living
      .map(({ session }) => session)
      .filter((session): session is SessionId => isSessionId(session) && mayReach(by, session));
    await Promise.all(sessions.map(session => this.models.rebuild(session, discard)));
    return { sessions };
  }

  private async admit(by: Principal, scope: Scope, text: string): Promise<SessionId> {
    const session = checkSession(text);
    authorise(by, scope, session);
    await this.registry.requireLiving(session);
    return session;
  }
}

/** Parses `{discard?: boolean}`, or no body. */
function discardIn(body: unknown): boolean {
  if (body === undefined || body === null) return false;
  if (typeof body !== 'object' || Array.isArray(body)) throw invalidParameter('body', 'must be {"discard": <boolean>} or empty');
  const fields = body as Record<string, unknown>;
  refuseOtherParameters(fields, ['discard']);
  const { discard = false } = fields;
  if (typeof discard !== 'boolean') throw invalidParameter('discard', 'must be true or false');
  return discard;
}
