import { Global, Module } from '@nestjs/common';
import { HealthHistoryWatch } from './health-history.watch.js';

/** Provides the metrics of this edge over the last minutes. */
@Global()
@Module({ providers: [HealthHistoryWatch], exports: [HealthHistoryWatch] })
export class HealthHistoryModule {}
