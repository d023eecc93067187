import { Global, Module } from '@nestjs/common';
import { Erasures } from './erasures.registry.js';
import { SessionEraser } from './session-eraser.js';

/** Completes the deletion of sessions. Rooms register the erasure of their data in `Erasures`; this room depends on none of them. */
@Global()
@Module({ providers: [Erasures, SessionEraser], exports: [Erasures] })
export class ErasureModule {}
