import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MODEL_KINDS, WabusError, type SessionId } from '@wabus/contracts';
import { Erasures } from '../../erasure/erasures.registry.js';
import { MAX_COMMIT, ReadModelStore, type ModelCommit, type RecordChange } from '../store/read-model.store.js';

const LOOK_MS = 100;
const LIMIT_MS = 30_000;

/** Erases the read models of a session. The edge that projects does so; the others wait until it is done. */
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

/** Removes the records of a session whose first event is after an order. Throws the errors of `write`. */
export async function eraseModels(
  store: ReadModelStore,
  { session, after }: { session: SessionId; after: number },
  write: (commit: ModelCommit) => Promise<void>
): Promise<void> {
  for (const kind of MODEL_KINDS) {
    const gone: RecordChange[] = [];
    await store.scan({ session, kind }, (record, key) => {
      if (record.since > after) gone.push({ session, key, record: null });
    });
    while (gone.length > 0) await write({ records: gone.splice(0, MAX_COMMIT) });
  }
}
