import { Module, type DynamicModule } from '@nestjs/common';
import { KeyValueBuckets } from '@wabus/broker';
import type { Logger } from 'pino';
import { openAuthKeyFile } from './auth-key.file.js';
import { AuthStateStore, SealingKeyPublisher } from './auth-state.store.js';

export interface AuthStateModuleOptions {
  /** Path of the key file; made with a new key when it does not exist. */
  readonly keyFile: string;
  readonly logger: Logger;
}

/** Provides `AuthStateStore`. Needs the broker module. The start fails with the reason when the key file cannot be used. */
@Module({})
export class AuthStateModule {
  static forRoot({ keyFile, logger }: AuthStateModuleOptions): DynamicModule {
    return {
      module: AuthStateModule,
      providers: [
        {
          provide: AuthStateStore,
          inject: [KeyValueBuckets],
          useFactory: (buckets: KeyValueBuckets) => new AuthStateStore(buckets, { keys: openAuthKeyFile(keyFile), logger })
        },
        {
          provide: SealingKeyPublisher,
          inject: [KeyValueBuckets, AuthStateStore],
          useFactory: (buckets: KeyValueBuckets, store: AuthStateStore) => new SealingKeyPublisher(buckets, store, logger)
        }
      ],
      exports: [AuthStateStore]
    };
  }
}
