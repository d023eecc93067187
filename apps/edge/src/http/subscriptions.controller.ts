import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { WabusError, type DeadLetterPage, type SubscriptionRecord, type SubscriptionView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { SubscriptionAdministration } from '../subscriptions/subscription-administration.js';
import { refuseOtherParameters, wholeNumber } from './query.policy.js';

const MAX_LETTERS = 100;

/** Serves durable subscriptions and their dead letters. Clients join them over Socket.IO. */
@Controller('api/subscriptions')
export class SubscriptionsController {
  constructor(private readonly administration: SubscriptionAdministration) {}

  @Get()
  async list(@CurrentPrincipal() principal: Principal): Promise<{ subscriptions: SubscriptionView[] }> {
    return { subscriptions: await this.administration.list(principal) };
  }

  @Get(':name')
  view(@CurrentPrincipal() principal: Principal, @Param('name') name: string): Promise<SubscriptionView> {
    return this.administration.view(principal, name);
  }

  @Delete(':name')
  remove(@CurrentPrincipal() principal: Principal, @Param('name') name: string): Promise<SubscriptionRecord> {
    return this.administration.remove(principal, name);
  }

  @Get(':name/dead-letters')
  deadLetters(
    @CurrentPrincipal() principal: Principal,
    @Param('name') name: string,
    @Query() query: Record<string, unknown>
  ): Promise<DeadLetterPage> {
    refuseOtherParameters(query, ['after', 'limit']);
    const after = wholeNumber(query, 'after', { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: 0 });
    return this.administration.deadLetters(principal, name, {
      after,
      limit: wholeNumber(query, 'limit', { least: 1, most: MAX_LETTERS, otherwise: 50 })
    });
  }

  @Post(':name/dead-letters/redrive')
  @HttpCode(200)
  async redrive(
    @CurrentPrincipal() principal: Principal,
    @Param('name') name: string,
    @Body() body: unknown
  ): Promise<{ redriven: number }> {
    return { redriven: await this.administration.redrive(principal, name, lettersIn(body)) };
  }
}

/** Parses `{letters: [n, …]}`; no body stands for all dead letters. */
function lettersIn(body: unknown): number[] | null {
  if (body === undefined || body === null) return null;
  const { letters, ...others } = body as { letters?: unknown };
  const isList = Array.isArray(letters) && letters.every(letter => Number.isSafeInteger(letter));
  if (Array.isArray(body) || Object.keys(others).length > 0 || (letters !== undefined && !isList)) {
    throw new WabusError('INVALID_REQUEST', {
      message: 'The body must be {"letters": [<number>, …]}, or empty for all dead letters.',
      details: { field: 'letters' }
    });
  }
  return letters === undefined ? null : (letters as number[]);
}
