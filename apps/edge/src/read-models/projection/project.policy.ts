import { Draft, type Snapshot } from './draft.state.js';
import type { ModelKey, ModelRecord, ProjectedEvent } from './model.types.js';
import { PROJECTIONS } from './projection.table.js';

/** What one event makes of the records: either more of them must be known first, or these change (`null`: go). */
export type Outcome =
  | { readonly kind: 'missing'; readonly keys: ReadonlySet<ModelKey> }
  | { readonly kind: 'changes'; readonly changes: ReadonlyMap<ModelKey, ModelRecord | null> };

/**
 * Folds one event into the records of its session. A pure function: the caller reads what is missing and asks again, at most a few times.
 * A record that has the event already stays as it is, so an event may be projected twice.
 */
export function project(event: ProjectedEvent, snapshot: Snapshot): Outcome {
  const draft = new Draft(event, snapshot);
  PROJECTIONS[event.event]?.(draft, event.payload);
  return draft.missing.size > 0 ? { kind: 'missing', keys: draft.missing } : { kind: 'changes', changes: draft.changes };
}
