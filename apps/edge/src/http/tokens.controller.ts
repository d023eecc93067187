import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { IssuedToken, TokenDenial, TokenView } from '@wabus/contracts';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import type { Principal } from '../auth/principal.js';
import { TokenRecordStore } from '../auth/tokens/token-record.store.js';

/** Serves access tokens as resources. Requires `admin`. */
@Controller('api/tokens')
export class TokensController {
  constructor(private readonly tokens: TokenRecordStore) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): { tokens: TokenView[] } {
    return { tokens: this.tokens.list(principal) };
  }

  /** Only this response contains the text of the token. */
  @Post()
  create(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<IssuedToken> {
    return this.tokens.create(principal, body);
  }

  @Get('denied')
  listDenied(@CurrentPrincipal() principal: Principal): { denied: TokenDenial[] } {
    return { denied: this.tokens.listDenials(principal) };
  }

  /** Revokes JWTs: `{jti}` or `{subject}`. */
  @Post('denied')
  @HttpCode(200)
  deny(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<TokenDenial> {
    return this.tokens.deny(principal, body);
  }

  @Delete('denied/:id')
  permit(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<TokenDenial> {
    return this.tokens.permit(principal, id);
  }

  @Delete(':id')
  revoke(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<TokenView> {
    return this.tokens.revoke(principal, id);
  }
}
