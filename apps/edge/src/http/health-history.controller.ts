import { Controller, Get } from '@nestjs/common';
import type { HealthHistory } from '@wabus/contracts';
import { requireScope } from '../auth/authorise.policy.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { HealthHistoryWatch } from '../health-history/health-history.watch.js';

/** Serves the figures of this edge over the last minutes, for charts. */
@Controller('api/health')
export class HealthHistoryController {
  constructor(private readonly watch: HealthHistoryWatch) {}

  @Get('history')
  history(@CurrentPrincipal() principal: Principal): HealthHistory {
    requireScope(principal, 'read');
    return this.watch.history();
  }
}
