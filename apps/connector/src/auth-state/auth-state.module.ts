import { Module, type DynamicModule } from '@nestjs/common';
import { Log } from '@wabus/runtime';
import { openAuthKeyFile } from './auth-key-file.js';
import { AuthStateMetrics } from './auth-state.metrics.js';
import { AuthStateOptions, AuthStateStore, SealingKeyPublisher } from './auth-state.store.js';

/** Provides `AuthStateStore`. Startup fails with the reason if the key file is unusable. */
@Module({})
export class AuthStateModule {
  /** @param keyFile path of the key file; created with a new key if it does not exist */
  static register(keyFile: string): DynamicModule {
    const options = {
      provide: AuthStateOptions,
      inject: [Log],
      useFactory: (log: Log): AuthStateOptions => ({ keys: openAuthKeyFile(keyFile), logger: log.for('auth-state') })
    };
    return {
      module: AuthStateModule,
      global: true,
      providers: [options, AuthStateMetrics, AuthStateStore, SealingKeyPublisher],
      exports: [AuthStateStore]
    };
  }
}
