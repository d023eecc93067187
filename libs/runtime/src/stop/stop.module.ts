import { Global, Module } from '@nestjs/common';
import { StopSequence } from './stop-sequence.js';

@Global()
@Module({ providers: [StopSequence], exports: [StopSequence] })
export class StopModule {}
