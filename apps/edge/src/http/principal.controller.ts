import { Controller, Get } from '@nestjs/common';
import type { PrincipalView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';

/** Tells whoever has a token what it permits. It takes no scope: a token may always be asked about itself. */
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
