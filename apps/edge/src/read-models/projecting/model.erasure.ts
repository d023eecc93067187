import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { Erasures } from '../../erasure/erasures.registry.js';
import { ReadModelStore } from '../store/read-model.store.js';

const LOOK_MS = 100;
const LIMIT_MS = 30_000;

/** The edge that projects erases the read models of a session; the others wait until it has. */
@Injectable()
export class ModelErasure {
  constructor(store: ReadModelStore, erasures: Erasures) {
    erasures.add('read-models', async session => {
      for (const deadline = performance.now() + LIMIT_MS; ; await delay(LOOK_MS)) {
        const floor = (await store.floors()).get(session);
        if (floor === undefined || floor.createdAt === null) return;
        if (performance.now() > deadline)
          throw new WabusError('BROKER_UNAVAILABLE', { message: 'No edge has erased the read models of the session yet.' });
      }
    });
  }
}
