import { Global, Module } from '@nestjs/common';
import { SessionStatusStore } from './session-status.store.js';

/**
 * Provides `SessionStatusStore`. Separate from the ownership module, because the session room needs the store and the ownership room needs the session room.
 */
@Global()
@Module({ providers: [SessionStatusStore], exports: [SessionStatusStore] })
export class SessionStatusModule {}
