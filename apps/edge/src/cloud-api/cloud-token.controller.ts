import { Controller, Get, Param, Req, UseFilters } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Request } from 'express';
import { hasScope, requireScope } from '../auth/authorise.policy.js';
import { CurrentPrincipal, TokenInquiry } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { CloudErrorFilter } from './cloud-error.filter.js';
import { CLOUD_FAILURES } from './cloud-error.table.js';
import { checkVersion } from './cloud-version.policy.js';

/** Meta's permissions and the corresponding scopes. */
const SCOPES = [
  ['whatsapp_business_management', 'read'],
  ['whatsapp_business_messaging', 'send']
] as const;

/** Serves the requests of Meta's programs for information about their token. */
@Controller('v:version')
@UseFilters(CloudErrorFilter)
export class CloudTokenController {
  constructor(private readonly tokens: TokenInquiry) {}

  @Get('debug_token')
  async facts(@CurrentPrincipal() principal: Principal, @Param() path: { version: string }, @Req() request: Request): Promise<object> {
    checkVersion(path);
    requireScope(principal, 'read');
    const { input_token: token } = request.query;
    if (typeof token !== 'string' || token === '')
      throw new WabusError('INVALID_ARGUMENTS', { message: 'The parameter input_token is required.', details: { field: 'input_token' } });
    const holder = await this.tokens.holderOf(token, request);
    return { data: { app_id: 'wabus', application: 'Wabus', type: 'SYSTEM_USER', ...tokenFacts(holder) } };
  }
}

/** Returns the information about a token in Meta's format: `expires_at` in seconds, 0 for a token that does not expire. */
function tokenFacts(holder: Principal | null): object {
  if (holder === null)
    return { is_valid: false, scopes: [], error: { code: CLOUD_FAILURES.token.code, message: 'The access token is not valid.' } };
  const expires_at = holder.expiresAt === undefined ? 0 : Math.floor(holder.expiresAt / 1_000);
  return { is_valid: true, expires_at, scopes: SCOPES.filter(([, scope]) => hasScope(holder, scope)).map(([name]) => name) };
}
