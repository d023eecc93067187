import { Controller, Get } from '@nestjs/common';
import type { OwnershipView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { requireScope } from '../auth/authorise.policy.js';
import { CommandClient } from '../commands-out/command.client.js';
import { ownershipOf } from '../commands-out/ownership-view.policy.js';

/** Connectors and the sessions they own, for holders of `admin`. */
@Controller('api/connectors')
export class ConnectorsController {
  constructor(private readonly commands: CommandClient) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): OwnershipView {
    requireScope(principal, 'admin');
    return ownershipOf(this.commands.sessions(principal));
  }
}
