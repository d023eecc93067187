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

/** Limits of the record cache: records, and characters of the events that produced them. */
const MAX_CACHED = { records: 5_000, chars: 16 * 1024 * 1024 };
/** Room in a commit for the writes that accompany records. */
const MAX_RECORDS = MAX_COMMIT - 100;
const MAX_COMMIT_CHARS = 2 * 1024 * 1024;

/** Returns the writes that accompany the records of these events. */
export type Beside = (order: number) => Omit<ModelCommit, 'records'>;

export interface ProjectionContext {
  readonly store: ReadModelStore;
  /** Added to sequences of the log. */
  readonly base: number;
  readonly write: (commit: ModelCommit) => Promise<void>;
  /** Notified of each event once its outcome is stored. */
  readonly observer: Pick<ProjectionObserver, 'projected' | 'skipped'>;
}

/**
 * Folds events into records and writes them, in commits of whole events. It is the only writer, so its cached reads remain valid as long as its epoch lasts.
 */
export class RecordProjection {
  private known = new Map<SessionId, Map<ModelKey, ModelRecord | null>>();
  private cached = { records: 0, chars: 0 };
  private written = -1;

  constructor(private readonly context: ProjectionContext) {}

  /**
   * Applies events. `upTo` is the order after them. An event that cannot be projected because of its own content is skipped, because it
   * would fail forever. Resolves when everything is written; throws if the store does not respond.
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

  /** Drops the cached records, of one session or of all. */
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

  /**
   * Reads the records that most events need in one request instead of event by event. A second pass reads records that depend on the first,
   * such as those of a person's other jid.
   */
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

  /**
   * If an event changes more records than fit into one commit, several commits are written. The commit that marks the event as done comes
   * last, and a join of two jids follows the records that it moved.
   */
  private async flush(changes: RecordChange[], order: number, beside: Beside): Promise<void> {
    const { write } = this.context;
    changes.sort((a, b) => rank(a) - rank(b));
    while (changes.length > MAX_RECORDS) await write({ records: changes.splice(0, MAX_RECORDS) });
    await write({ ...beside(order), records: changes });
    this.written = order;
  }
}

/** Returns whether a retry may succeed, because the error lies with the store or the log, not with the event. */
const isPassing = (error: unknown): boolean => error instanceof WabusError && ERROR_CODES[error.code].retryable;

/** Returns a name without a message: the message of a JSON error quotes the text, which must not be logged. */
function reasonOf(error: unknown): string {
  if (error instanceof WabusError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** No other key depends on a message. */
const isMessage = (key: ModelKey): boolean => key.startsWith('message.');

const rank = ({ key, record }: RecordChange): number => (key.startsWith('alias.') ? 2 : record === null ? 1 : 0);
