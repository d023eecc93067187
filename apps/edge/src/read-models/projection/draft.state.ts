import type { ModelKind } from '@wabus/contracts';
import { isLid, pairOf, personOf } from './authority.policy.js';
import { modelKey } from './model-key.codec.js';
import type { ModelKey, ModelRecord, ProjectedEvent } from './model.types.js';

/** The known records; `null` for records that do not exist. */
export type Snapshot = ReadonlyMap<ModelKey, ModelRecord | null>;

/** The fields of a record that an event determines. The others follow from the event itself. */
export type FieldChanges = Partial<Omit<ModelRecord, 'kind' | 'id' | 'since' | 'order' | 'epoch'>>;

/** The records while one event is projected: those it reads, and its changes so far. */
export class Draft {
  /** Requested records that are not in the snapshot. As long as there are any, the changes are void. */
  readonly missing = new Set<ModelKey>();
  readonly changes = new Map<ModelKey, ModelRecord | null>();

  constructor(
    readonly event: ProjectedEvent,
    private readonly snapshot: Snapshot
  ) {}

  get(key: ModelKey): ModelRecord | null {
    const changed = this.changes.get(key);
    if (changed !== undefined) return changed;
    const known = this.snapshot.get(key);
    if (known === undefined) this.missing.add(key);
    return known ?? null;
  }

  /** Returns whether the record already includes the event, because it was projected before, or because the record was kept during a rebuild. */
  isDone(key: ModelKey): boolean {
    return (this.snapshot.get(key)?.order ?? 0) >= this.event.order;
  }

  /** Returns whether a later owner has changed this record. */
  isLate(record: ModelRecord | null): boolean {
    return record !== null && this.event.epoch < record.epoch;
  }

  set(key: ModelKey, { kind, id }: { kind: ModelKind; id: string }, change: FieldChanges): void {
    const before = this.get(key);
    if (this.isDone(key)) return;
    const { order, epoch } = this.event;
    this.changes.set(key, {
      ...(before ?? { since: order, data: {} }),
      ...change,
      kind,
      id,
      order,
      epoch: Math.max(epoch, before?.epoch ?? 0)
    });
  }

  remove(key: ModelKey): void {
    if (this.get(key) !== null && !this.isDone(key)) this.changes.set(key, null);
  }

  /** Returns the other jid of the same person, or `null` if none is known. */
  otherJid(jid: string): string | null {
    const other = this.get(modelKey('alias', jid))?.data['jid'];
    return typeof other === 'string' ? other : null;
  }

  /** Returns the jid under which the records of a person are kept: the phone number if it is known. */
  canonical(jid: string): string {
    const person = personOf(jid);
    return isLid(person) ? (this.otherJid(person) ?? person) : person;
  }

  /** Records that two jids belong to one person. Returns the pair if this is new, or `null`. */
  alias(first: string | null, second: string | null): { lid: string; pn: string } | null {
    const pair = pairOf(first, second);
    if (pair === null) return null;
    const { lid, pn } = pair;
    const [oldPn, oldLid] = [this.otherJid(lid), this.otherJid(pn)];
    const [lidKey, pnKey] = [modelKey('alias', lid), modelKey('alias', pn)];
    if (oldPn === pn && oldLid === lid) return null;
    if (this.isLate(this.get(lidKey)) || this.isLate(this.get(pnKey))) return null;
    if (oldPn !== null && oldPn !== pn) this.remove(modelKey('alias', oldPn));
    if (oldLid !== null && oldLid !== lid) this.remove(modelKey('alias', oldLid));
    this.set(lidKey, { kind: 'alias', id: lid }, { data: { jid: pn } });
    this.set(pnKey, { kind: 'alias', id: pn }, { data: { jid: lid } });
    return pair;
  }
}
