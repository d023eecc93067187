import { Global, Module } from '@nestjs/common';
import { Erasures } from './erasures.registry.js';
import { SessionEraser } from './session-eraser.js';

/** Ends sessions that were deleted. Rooms add what they keep to `Erasures`; this one knows none of them. */
@Global()
@Module({ providers: [Erasures, SessionEraser], exports: [Erasures] })
export class ErasureModule {}
