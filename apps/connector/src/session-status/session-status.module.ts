import { Module } from '@nestjs/common';
import { KeyValueBuckets } from '@wabus/broker';
import { SessionStatusStore } from './session-status.store.js';

/** Provides `SessionStatusStore`. Apart from the ownership module, since the session room needs the one and is needed by the other. */
@Module({
  providers: [
    { provide: SessionStatusStore, inject: [KeyValueBuckets], useFactory: (buckets: KeyValueBuckets) => new SessionStatusStore(buckets) }
  ],
  exports: [SessionStatusStore]
})
export class SessionStatusModule {}
