import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { WabusError, type CommandOutcome } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';

/** Serves every command of the catalog by name, with the body `{args, deadlineMs}`. The response has the form of a Socket.IO ack. */
@Controller('api/sessions/:session/commands')
export class CommandsController {
  constructor(private readonly commands: CommandClient) {}

  @Post(':method')
  @HttpCode(200)
  async execute(
    @CurrentPrincipal() principal: Principal,
    @Param() path: { session: string; method: string },
    @Body() body: unknown,
    @Headers('idempotency-key') idempotencyKey?: string
  ): Promise<CommandOutcome> {
    const data = await this.commands.execute(principal, { ...path, ...commandBody(body), idempotencyKey });
    return { ok: true, data };
  }
}

function commandBody(body: unknown): { args?: unknown; deadlineMs?: unknown } {
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new WabusError('INVALID_REQUEST', { message: 'The body must be a JSON object {"args": …, "deadlineMs": …}.' });
  }
  const unknown = Object.keys(body).filter(name => name !== 'args' && name !== 'deadlineMs');
  if (unknown.length > 0)
    throw new WabusError('INVALID_REQUEST', { message: 'The body may contain only the fields args and deadlineMs.', details: { unknown } });
  const { args, deadlineMs } = body as { args?: unknown; deadlineMs?: unknown };
  return { args, deadlineMs };
}
