import { Global, Module } from '@nestjs/common';
import { SessionStatusStore } from './session-status.store.js';

/** Provides `SessionStatusStore`. Apart from the ownership module, since the session room needs the one and is needed by the other. */
@Global()
@Module({ providers: [SessionStatusStore], exports: [SessionStatusStore] })
export class SessionStatusModule {}
