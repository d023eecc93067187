import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { CreatedWebhook, DeadLetterView, DeliveryView, AttemptView, TestDelivery, WebhookView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { checkSession } from '../commands-out/command-request.policy.js';
import { WebhookAdministration, type Caller } from '../webhooks/webhook-administration.js';

/** The session in the path, if there is one. */
interface Path {
  readonly session?: string;
  readonly id: string;
  readonly letter: string;
  readonly delivery: string;
}

/** Serves the webhooks of the whole installation and those of one session: the same routes under two paths. */
@Controller(['api/webhooks', 'api/sessions/:session/webhooks'])
export class WebhooksController {
  constructor(private readonly webhooks: WebhookAdministration) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<{ webhooks: WebhookView[] }> {
    return { webhooks: await this.webhooks.list(callerOf(principal, path)) };
  }

  @Post()
  create(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Body() body: unknown): Promise<CreatedWebhook> {
    return this.webhooks.create(callerOf(principal, path), body);
  }

  @Get(':id')
  get(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<WebhookView> {
    return this.webhooks.get(callerOf(principal, path), path.id);
  }

  @Patch(':id')
  update(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Body() body: unknown): Promise<WebhookView> {
    return this.webhooks.update(callerOf(principal, path), path.id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<void> {
    return this.webhooks.delete(callerOf(principal, path), path.id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  pause(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<WebhookView> {
    return this.webhooks.update(callerOf(principal, path), path.id, { paused: true });
  }

  @Post(':id/resume')
  @HttpCode(200)
  resume(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<WebhookView> {
    return this.webhooks.update(callerOf(principal, path), path.id, { paused: false });
  }

  @Post(':id/test')
  @HttpCode(200)
  test(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<TestDelivery> {
    return this.webhooks.test(callerOf(principal, path), path.id);
  }

  @Get(':id/deliveries')
  async attempts(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<{ deliveries: AttemptView[] }> {
    return { deliveries: await this.webhooks.attempts(callerOf(principal, path), path.id) };
  }

  @Get(':id/deliveries/:delivery')
  delivery(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<DeliveryView> {
    return this.webhooks.delivery(callerOf(principal, path), path.id, path.delivery);
  }

  @Post(':id/deliveries/:delivery/retry')
  @HttpCode(200)
  retry(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<TestDelivery> {
    return this.webhooks.retry(callerOf(principal, path), path.id, path.delivery);
  }

  @Get(':id/dead-letters')
  async deadLetters(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<{ deadLetters: DeadLetterView[] }> {
    return { deadLetters: await this.webhooks.deadLetters(callerOf(principal, path), path.id) };
  }

  @Post(':id/dead-letters/redrive')
  @HttpCode(202)
  async redrive(@CurrentPrincipal() principal: Principal, @Param() path: Path, @Body() body: unknown): Promise<{ redriving: number }> {
    return { redriving: await this.webhooks.redrive(callerOf(principal, path), path.id, body) };
  }

  @Post(':id/dead-letters/:letter/redrive')
  @HttpCode(202)
  async redriveOne(@CurrentPrincipal() principal: Principal, @Param() path: Path): Promise<{ redriving: number }> {
    return { redriving: await this.webhooks.redrive(callerOf(principal, path), path.id, { letters: [path.letter] }) };
  }
}

function callerOf(principal: Principal, { session }: Path): Caller {
  return { principal, routeSession: session === undefined ? null : checkSession(session) };
}
