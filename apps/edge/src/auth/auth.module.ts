import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Log } from '@wabus/runtime';
import { AuthSettings, HandshakeSettings, type JwtOptions } from './auth.settings.js';
import { Authenticator } from './authenticator.js';
import { BearerGuard, RequestAuthenticator, TokenInquiry } from './bearer.guard.js';
import { CreatorSettings, Creators } from './creators.js';
import { DocumentFetch, EgressDocumentFetch, JwksFile, JwksKeys, JwksUrl } from './jwt/jwks.source.js';
import { JwtVerifier } from './jwt/jwt.verifier.js';
import { LastUses } from './last-use/last-uses.js';
import { LoginAuthenticator } from './logins/login-authenticator.js';
import { LoginStore } from './logins/login.store.js';
import { OrphanSweeper } from './orphan-sweeper.js';
import { PrincipalRevocations, PrincipalWatch } from './principal-revocations.js';
import { KnownTokens } from './tokens/known-tokens.state.js';
import { TokenRecordStore } from './tokens/token-record.store.js';
import { TokenFile } from './tokens/token-file.js';
import { TrustedProxies } from './trusted-proxies.js';

/**
 * Provides `Authenticator`, `PrincipalRevocations` and the token records to every room with an API, and guards every HTTP route that is not marked as open.
 */
@Module({})
export class AuthModule {
  /** Reads the token file while the application is created. Creation fails without a token. */
  static register(settings: AuthSettings): DynamicModule {
    const { tokenInQuery, trustedProxies, jwt, creators } = settings;
    return {
      module: AuthModule,
      global: true,
      providers: [
        { provide: AuthSettings, useValue: settings },
        KnownTokens,
        PrincipalWatch,
        { provide: PrincipalRevocations, useExisting: PrincipalWatch },
        LastUses,
        TokenRecordStore,
        LoginStore,
        LoginAuthenticator,
        { provide: CreatorSettings, useValue: creators },
        Creators,
        OrphanSweeper,
        { provide: DocumentFetch, useClass: EgressDocumentFetch },
        TokenFile,
        {
          provide: JwtVerifier,
          inject: [DocumentFetch, Log],
          useFactory: (documents: DocumentFetch, log: Log) => jwtVerifier(jwt, documents, log)
        },
        Authenticator,
        RequestAuthenticator,
        TokenInquiry,
        { provide: TrustedProxies, useValue: new TrustedProxies(trustedProxies) },
        { provide: HandshakeSettings, useValue: { tokenInQuery } satisfies HandshakeSettings },
        { provide: APP_GUARD, useClass: BearerGuard }
      ],
      exports: [
        Creators,
        OrphanSweeper,
        Authenticator,
        TrustedProxies,
        RequestAuthenticator,
        TokenInquiry,
        PrincipalRevocations,
        TokenRecordStore,
        LastUses,
        LoginStore,
        LoginAuthenticator,
        HandshakeSettings
      ]
    };
  }
}

/** Reads the keys before the edge serves requests. If the issuer is unreachable at that time, the keys are requested again when a token arrives. */
async function jwtVerifier({ secret, jwks, ...rest }: JwtOptions, documents: DocumentFetch, log: Log): Promise<JwtVerifier> {
  const logger = log.for('auth');
  const source = jwks && ('file' in jwks ? new JwksFile(jwks.file) : new JwksUrl(new URL(jwks.url), documents));
  const keys = source && new JwksKeys(source, err => logger.error({ err }, 'failed to read the keys of the token issuer'));
  await keys?.refresh();
  return new JwtVerifier({ secret: secret === null ? null : Buffer.from(secret, 'utf8'), keys, ...rest });
}
