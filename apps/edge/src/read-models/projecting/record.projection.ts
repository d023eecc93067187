import type { LoggedEvent } from '@wabus/broker';
import type { SessionId } from '@wabus/contracts';
import type { ModelKey, ModelRecord, ProjectedEvent } from '../projection/model.types.js';
import { project } from '../projection/project.policy.js';
import { MAX_COMMIT, type ModelCommit, type ReadModelStore, type RecordChange } from '../store/read-model.store.js';

const MAX_CACHED = 20_000;
/** Room in a commit for what is written beside records. */
const MAX_RECORDS = MAX_COMMIT - 100;
const MAX_COMMIT_CHARS = 2 * 1024 * 1024;

/** What to write besides the records once these events are in. */
export type Beside = (order: number) => Omit<ModelCommit, 'records'>;

/** Folds events into records and writes them, in commits that hold whole events. The only writer, so what it has read stays true as long as its epoch holds. */
export class RecordProjection {
  private known = new Map<SessionId, Map<ModelKey, ModelRecord | null>>();
  private cached = 0;

  constructor(
    private readonly store: ReadModelStore,
    private readonly base: number,
    private readonly write: (commit: ModelCommit) => Promise<void>
  ) {}

  /** `upTo` is the order that the events lead to. Settles when all is written; throws when it is not. */
  async apply(events: readonly LoggedEvent[], upTo: number, beside: Beside): Promise<void> {
    const projected = events.map(event => ({ session: event.facts.session, size: event.body.length, event: this.decode(event) }));
    await this.prefetch(projected);
    let pending = new Map<string, RecordChange>();
    let chars = 0;
    let order = -1;
    for (const { session, event, size } of projected) {
      const changes = await this.fold(session, event);
      if (pending.size > 0 && (pending.size + changes.size > MAX_RECORDS || chars + size > MAX_COMMIT_CHARS)) {
        await this.flush([...pending.values()], beside(order));
        pending = new Map();
        chars = 0;
      }
      for (const [key, record] of changes) {
        this.recordsOf(session).set(key, record);
        pending.set(`${session} ${key}`, { session, key, record });
      }
      chars += size;
      order = event.order;
    }
    await this.flush([...pending.values()], beside(upTo));
    if (this.cached > MAX_CACHED) this.forget();
  }

  /** Nothing that was read before counts any more. */
  forget(session?: SessionId): void {
    if (session !== undefined) {
      this.known.delete(session);
      return;
    }
    this.known = new Map();
    this.cached = 0;
  }

  private decode({ facts, body, sequence }: LoggedEvent): ProjectedEvent {
    return { event: facts.event, order: this.base + sequence, epoch: facts.epoch, at: facts.at, payload: JSON.parse(body) as unknown };
  }

  /** Reads what most events need at once, instead of event by event. */
  private async prefetch(events: readonly { session: SessionId; event: ProjectedEvent }[]): Promise<void> {
    for (let pass = 0; pass < 2; pass++) {
      const missing = new Map<SessionId, Set<ModelKey>>();
      for (const { session, event } of events) {
        const outcome = project(event, this.recordsOf(session));
        if (outcome.kind !== 'missing') continue;
        const keys = missing.get(session) ?? new Set();
        for (const key of outcome.keys) keys.add(key);
        missing.set(session, keys);
      }
      await Promise.all([...missing].map(([session, keys]) => this.load(session, keys)));
    }
  }

  private async fold(session: SessionId, event: ProjectedEvent): Promise<ReadonlyMap<ModelKey, ModelRecord | null>> {
    for (;;) {
      const outcome = project(event, this.recordsOf(session));
      if (outcome.kind === 'changes') return outcome.changes;
      await this.load(session, outcome.keys);
    }
  }

  private async load(session: SessionId, keys: Iterable<ModelKey>): Promise<void> {
    const records = this.recordsOf(session);
    for (const [key, record] of await this.store.read(session, keys)) {
      records.set(key, record);
      this.cached++;
    }
  }

  private recordsOf(session: SessionId): Map<ModelKey, ModelRecord | null> {
    const found = this.known.get(session) ?? new Map<ModelKey, ModelRecord | null>();
    this.known.set(session, found);
    return found;
  }

  /** An event that changes more than a commit holds takes several: what says that it is in comes last, and a join of two jids after what it moved. */
  private async flush(changes: RecordChange[], beside: Omit<ModelCommit, 'records'>): Promise<void> {
    changes.sort((a, b) => rank(a) - rank(b));
    while (changes.length > MAX_RECORDS) await this.write({ records: changes.splice(0, MAX_RECORDS) });
    await this.write({ ...beside, records: changes });
  }
}

const rank = ({ key, record }: RecordChange): number => (key.startsWith('alias.') ? 2 : record === null ? 1 : 0);
