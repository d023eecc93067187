import { Global, Module } from '@nestjs/common';
import { HealthHistoryWatch } from './health-history.watch.js';

/** The last minutes of this edge. */
@Global()
@Module({ providers: [HealthHistoryWatch], exports: [HealthHistoryWatch] })
export class HealthHistoryModule {}
