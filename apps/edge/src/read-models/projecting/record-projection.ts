import type { LoggedEvent } from '@wabus/broker';
import { ERROR_CODES, WabusError, type SessionId } from '@wabus/contracts';
import type { ModelKey, ModelRecord, ProjectedEvent } from '../projection/model.types.js';
import { project } from '../projection/project.policy.js';
import type { ProjectionObserver } from './projection.observer.js';
import {
  MAX_COMMIT,
  NOTHING_SKIPPED,
  type ModelCommit,
  type ReadModelStore,
  type RecordChange,
  type RecordSelection,
  type Skips
} from '../store/read-model.store.js';

/** What is remembered of records: this many, of events of this many characters. */
const MAX_CACHED = { records: 5_000, chars: 16 * 1024 * 1024 };
/** Room in a commit for what is written beside records. */
const MAX_RECORDS = MAX_COMMIT - 100;
const MAX_COMMIT_CHARS = 2 * 1024 * 1024;

/** What to write besides the records after these events. */
export type Beside = (order: number) => Omit<ModelCommit, 'records'>;

export interface ProjectionContext {
  readonly store: ReadModelStore;
  /** Added to sequences of the log. */
  readonly base: number;
  readonly write: (commit: ModelCommit) => Promise<void>;
  /** Receives each event once its outcome is stored. */
  readonly observer: Pick<ProjectionObserver, 'projected' | 'skipped'>;
}

/** Folds events into records and writes them, in commits that hold whole events. The only writer, so what it has read stays true as long as its epoch holds. */
export class RecordProjection {
  private known = new Map<SessionId, Map<ModelKey, ModelRecord | null>>();
  private cached = { records: 0, chars: 0 };
  private written = -1;

  constructor(private readonly context: ProjectionContext) {}

  /**
   * `upTo` is the order that the events lead to. An event that cannot be projected for any reason of its own is skipped: it would fail forever.
   * Settles when all is written; throws when the store does not answer.
   */
  async apply(events: readonly LoggedEvent[], upTo: number, beside: Beside): Promise<void> {
    this.written = -1;
    try {
      await this.applyTogether(events, upTo, beside);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.forget();
      const left = events.filter(({ sequence }) => this.context.base + sequence > this.written);
      for (const event of left) await this.applyAlone(event, beside);
      await this.flush([], upTo, beside);
    }
    if (this.cached.records > MAX_CACHED.records || this.cached.chars > MAX_CACHED.chars) this.forget();
  }

  private async applyTogether(events: readonly LoggedEvent[], upTo: number, beside: Beside): Promise<void> {
    const projected = events.map(event => ({ session: event.facts.session, size: event.body.length, event: this.decode(event) }));
    await this.prefetch(projected);
    let pending = new Map<string, RecordChange>();
    let chars = 0;
    let order = -1;
    for (const { session, event, size } of projected) {
      const changes = await this.fold(session, event);
      if (pending.size > 0 && (pending.size + changes.size > MAX_RECORDS || chars + size > MAX_COMMIT_CHARS)) {
        await this.flush([...pending.values()], order, beside);
        pending = new Map();
        chars = 0;
      }
      for (const [key, record] of changes) {
        this.recordsOf(session).set(key, record);
        pending.set(`${session} ${key}`, { session, key, record });
      }
      chars += size;
      this.cached.records += changes.size;
      this.cached.chars += size;
      order = event.order;
    }
    await this.flush([...pending.values()], upTo, beside);
    this.context.observer.projected(events.length);
  }

  private async applyAlone(event: LoggedEvent, beside: Beside): Promise<void> {
    const { store, base, write, observer } = this.context;
    const order = base + event.sequence;
    try {
      return await this.applyTogether([event], order, beside);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.forget();
      const { session } = event.facts;
      const reason = reasonOf(error);
      const before = (await store.skips(session)) ?? NOTHING_SKIPPED;
      const last = { event: event.facts.event, at: event.facts.at, cursor: event.cursor, reason };
      const skips: Skips = before.order >= order ? before : { order, events: before.events + 1, last };
      await write({ ...beside(order), skips: new Map([[session, skips]]) });
      observer.skipped(event, reason);
    }
  }

  /** Nothing that was read before counts any more. */
  forget(session?: SessionId): void {
    if (session !== undefined) {
      this.known.delete(session);
      return;
    }
    this.known = new Map();
    this.cached = { records: 0, chars: 0 };
  }

  private decode({ facts, body, sequence }: LoggedEvent): ProjectedEvent {
    return {
      event: facts.event,
      order: this.context.base + sequence,
      epoch: facts.epoch,
      at: facts.at,
      payload: JSON.parse(body) as unknown
    };
  }

  /** Reads what most events need at once, instead of event by event: a second time for what depends on what was read, such as the records of somebody's other jid. */
  private async prefetch(events: readonly { session: SessionId; event: ProjectedEvent }[]): Promise<void> {
    let left = events;
    for (let pass = 0; pass < 2; pass++) {
      const missing = new Map<SessionId, Set<ModelKey>>();
      left = left.filter(({ session, event }) => {
        const outcome = project(event, this.recordsOf(session));
        if (outcome.kind !== 'missing') return false;
        const keys = missing.get(session) ?? new Set();
        for (const key of outcome.keys) keys.add(key);
        missing.set(session, keys);
        return ![...outcome.keys].every(isMessage);
      });
      if (missing.size === 0) return;
      await this.load(missing);
    }
  }

  private async fold(session: SessionId, event: ProjectedEvent): Promise<ReadonlyMap<ModelKey, ModelRecord | null>> {
    for (;;) {
      const outcome = project(event, this.recordsOf(session));
      if (outcome.kind === 'changes') return outcome.changes;
      await this.load(new Map([[session, outcome.keys]]));
    }
  }

  private async load(wanted: RecordSelection): Promise<void> {
    for (const [session, found] of await this.context.store.readTogether(wanted)) {
      const records = this.recordsOf(session);
      for (const [key, record] of found) records.set(key, record);
      this.cached.records += found.size;
    }
  }

  private recordsOf(session: SessionId): Map<ModelKey, ModelRecord | null> {
    const found = this.known.get(session) ?? new Map<ModelKey, ModelRecord | null>();
    this.known.set(session, found);
    return found;
  }

  /** An event that changes more than a commit holds takes several: what says that it is in comes last, and a join of two jids after what it moved. */
  private async flush(changes: RecordChange[], order: number, beside: Beside): Promise<void> {
    const { write } = this.context;
    changes.sort((a, b) => rank(a) - rank(b));
    while (changes.length > MAX_RECORDS) await write({ records: changes.splice(0, MAX_RECORDS) });
    await write({ ...beside(order), records: changes });
    this.written = order;
  }
}

/** Whether the same may succeed later, since the store or the log is in trouble and not the event. */
const isPassing = (error: unknown): boolean => error instanceof WabusError && ERROR_CODES[error.code].retryable;

/** A name and no message: the message of a JSON error quotes the text, and texts do not belong in logs. */
function reasonOf(error: unknown): string {
  if (error instanceof WabusError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** No other key depends on a message. */
const isMessage = (key: ModelKey): boolean => key.startsWith('message.');

const rank = ({ key, record }: RecordChange): number => (key.startsWith('alias.') ? 2 : record === null ? 1 : 0);
