import { Controller, Get } from '@nestjs/common';
import { GATEWAY_NAMESPACE, type OwnershipView, type PrincipalView } from '@wabus/contracts';
import { OpenEndpoint, VERSION } from '@wabus/runtime';
import { requireScope } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CommandClient } from '../commands-out/command.client.js';
import { ownershipOf } from '../commands-out/ownership-view.policy.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { WebhookScheduler } from '../webhooks/ownership/webhook-scheduler.js';

/** Serves an overview of all paths at `/`, for browsers and `curl`. */
@OpenEndpoint()
@Controller()
export class WelcomeController {
  @Get('/')
  welcome(): Record<string, string> {
    return { name: 'wabus', events: GATEWAY_NAMESPACE, sessions: '/api/sessions', health: '/health/ready', version: VERSION };
  }
}

/** Shows the holder of a token its permissions. Requires no scope, because every token may be inspected by its holder. */
@Controller('api/principal')
export class PrincipalController {
  @Get()
  view(@CurrentPrincipal() { id, sessions, scopes, expiresAt }: Principal): PrincipalView {
    return {
      id,
      sessions: sessions === '*' ? '*' : [...sessions],
      scopes: [...scopes],
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString()
    };
  }
}

/** Lists connectors with the sessions they own, and edges. Requires `admin`. */
@Controller('api/connectors')
export class ConnectorsController {
  constructor(
    private readonly commands: CommandClient,
    private readonly registry: SessionRegistryStore,
    private readonly webhooks: WebhookScheduler
  ) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): OwnershipView {
    requireScope(principal, 'admin');
    const owned = ownershipOf(this.commands.sessions(principal), this.registry.connectors());
    return { ...owned, edges: this.webhooks.edges.list() };
  }
}
