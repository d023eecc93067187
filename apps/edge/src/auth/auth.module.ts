import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Log } from '@wabus/runtime';
import { Authenticator } from './authenticator.js';
import { BearerGuard, RequestAuthenticator } from './bearer.guard.js';
import { CreatorSettings, Creators } from './creators.js';
import { DocumentFetch, EgressDocumentFetch, JwksFile, JwksKeys, JwksUrl } from './jwt/jwks.source.js';
import type { ClaimNames } from './jwt/jwt-claims.policy.js';
import { JwtVerifier } from './jwt/jwt.verifier.js';
import { OrphanSweeper } from './orphan.sweeper.js';
import { PrincipalRevocations, PrincipalWatch } from './principal-revocations.js';
import type { Rate } from './rate.limiter.js';
import { KnownTokens } from './tokens/known-tokens.state.js';
import { TokenRecordStore } from './tokens/token-record.store.js';
import { TokenFile } from './tokens/token.file.js';
import { TrustedProxies } from './trusted-proxies.js';

export interface AuthSettings {
  readonly tokenFile: string;
  /** How often the token file is looked at. */
  readonly tokenFilePollMs: number;
  /** Whether a token may be in the query string. */
  readonly tokenInQuery: boolean;
  /** Wrong tokens from one address. */
  readonly failureRate: Rate;
  /** Addresses and networks of proxies that say which address a client has. */
  readonly trustedProxies: readonly string[];
  readonly jwt: JwtOptions;
  readonly creators: CreatorSettings;
}

export interface JwtOptions {
  readonly secret: string | null;
  /** Path of a file or an https URL. */
  readonly jwks: { readonly file: string } | { readonly url: string } | null;
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly claims: ClaimNames;
}

/** Whether and how handshakes may carry a token in the query string. */
export abstract class HandshakeSettings {
  abstract readonly tokenInQuery: boolean;
}

/** Provides `Authenticator`, `PrincipalRevocations` and the token records to every room with an API, and guards every HTTP route that is not marked as open. */
@Module({})
export class AuthModule {
  /** Reads the token file while the application is created; it is not created without a token. */
  static register(settings: AuthSettings): DynamicModule {
    const { tokenFile, tokenFilePollMs, tokenInQuery, failureRate, trustedProxies, jwt, creators } = settings;
    return {
      module: AuthModule,
      global: true,
      providers: [
        KnownTokens,
        PrincipalWatch,
        { provide: PrincipalRevocations, useExisting: PrincipalWatch },
        TokenRecordStore,
        { provide: CreatorSettings, useValue: creators },
        Creators,
        OrphanSweeper,
        { provide: DocumentFetch, useClass: EgressDocumentFetch },
        {
          provide: TokenFile,
          inject: [KnownTokens, PrincipalWatch, Log],
          useFactory: (known: KnownTokens, doors: PrincipalWatch, log: Log) =>
            new TokenFile({ path: tokenFile, pollMs: tokenFilePollMs }, known, doors, log)
        },
        {
          provide: JwtVerifier,
          inject: [DocumentFetch, Log],
          useFactory: (documents: DocumentFetch, log: Log) => jwtVerifier(jwt, documents, log)
        },
        {
          provide: Authenticator,
          inject: [KnownTokens, JwtVerifier],
          useFactory: (known: KnownTokens, verifier: JwtVerifier) => new Authenticator(known, verifier, failureRate)
        },
        {
          provide: RequestAuthenticator,
          inject: [Authenticator, TrustedProxies],
          useFactory: (authenticator: Authenticator, proxies: TrustedProxies) =>
            new RequestAuthenticator(authenticator, proxies, tokenInQuery)
        },
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
        PrincipalRevocations,
        TokenRecordStore,
        HandshakeSettings
      ]
    };
  }
}

/** Reads the keys before the edge serves. An issuer that cannot be reached then is asked again when a token comes. */
async function jwtVerifier({ secret, jwks, ...rest }: JwtOptions, documents: DocumentFetch, log: Log): Promise<JwtVerifier> {
  const logger = log.for('auth');
  const source = jwks && ('file' in jwks ? new JwksFile(jwks.file) : new JwksUrl(new URL(jwks.url), documents));
  const keys = source && new JwksKeys(source, err => logger.error({ err }, 'reading the keys of the token issuer failed'));
  await keys?.refresh();
  return new JwtVerifier({ secret: secret === null ? null : Buffer.from(secret, 'utf8'), keys, ...rest });
}
