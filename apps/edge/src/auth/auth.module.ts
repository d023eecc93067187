import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Log, readSecretFile } from '@wabus/runtime';
import { BearerGuard } from './bearer.guard.js';
import { PrincipalRevocations, PrincipalWatch } from './principal-revocations.js';
import { TokenStore } from './token.store.js';

/** Provides `TokenStore` to every room with a door, and guards every HTTP route that is not marked as open. */
@Module({})
export class AuthModule {
  /** Reads the token file while the application is created; it is not created without a token. */
  static forFile(file: string): DynamicModule {
    const tokens = { provide: TokenStore, inject: [Log], useFactory: (log: Log) => load(file, log) };
    return {
      module: AuthModule,
      global: true,
      providers: [tokens, { provide: PrincipalRevocations, useClass: PrincipalWatch }, { provide: APP_GUARD, useClass: BearerGuard }],
      exports: [TokenStore, PrincipalRevocations]
    };
  }
}

function load(file: string, log: Log): TokenStore {
  const { value, warning } = readSecretFile(file);
  if (warning) log.for('auth').warn({ warning }, 'unwise token file');
  return new TokenStore(value);
}
