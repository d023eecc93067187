import { MODEL_KINDS, type SessionId } from '@wabus/contracts';
import { MAX_COMMIT, type ModelCommit, type ReadModelStore, type RecordChange } from '../store/read-model.store.js';

/** Removes the records of a session that began after an order. Throws when the writer does. */
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
