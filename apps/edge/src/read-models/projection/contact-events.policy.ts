import type { Draft } from './draft.state.js';
import { modelKey } from './model-key.codec.js';
import type { Json, ModelRecord } from './model.types.js';
import { objectsIn, textOf, withoutFields } from './payload.codec.js';

/** `contacts.upsert` and `contacts.update`: each contains some fields of a contact. */
export function projectContacts(draft: Draft, payload: unknown): void {
  for (const contact of objectsIn(payload)) putContact(draft, contact, false);
}

/** Contacts of the history, which only fill gaps. */
export function projectContactHistory(draft: Draft, payload: unknown): void {
  for (const contact of objectsIn(payload)) putContact(draft, contact, true);
}

function putContact(draft: Draft, contact: Json, fillOnly: boolean): void {
  const jid = textOf(contact, 'id');
  if (jid === null) return;
  joinPerson(draft, jid, textOf(contact, 'lid'));
  joinPerson(draft, jid, textOf(contact, 'phoneNumber'));
  const id = draft.canonical(jid);
  const key = modelKey('contact', id);
  const known = draft.get(key);
  const news = withoutFields(contact, 'id');
  const data = known?.data ?? {};
  const fills = fillOnly || draft.isLate(known);
  draft.set(key, { kind: 'contact', id }, { data: fills ? { ...news, ...data } : { ...data, ...news } });
}

/** Joins two jids of one person: the records under the LID move to the phone number. Messages remain where they are, and are read from both. */
export function joinPerson(draft: Draft, first: string | null, second: string | null): void {
  const pair = draft.alias(first, second);
  if (pair === null) return;
  for (const kind of ['chat', 'contact'] as const) {
    const lidKey = modelKey(kind, pair.lid);
    const pnKey = modelKey(kind, pair.pn);
    const old = draft.get(lidKey);
    const kept = draft.get(pnKey);
    if (old === null || draft.isDone(lidKey)) continue;
    draft.remove(lidKey);
    draft.set(pnKey, { kind, id: pair.pn }, kept === null ? { ...old } : joined(old, kept));
    const moved = draft.changes.get(pnKey);
    // If the log no longer contains the start of one record, the joined record must not be rebuilt either.
    if (moved) draft.changes.set(pnKey, { ...moved, since: Math.min(moved.since, old.since) });
  }
}

/** LID mappings of `lid-mapping.update` and of the history. */
export function projectMapping(draft: Draft, payload: unknown): void {
  joinPerson(draft, textOf(payload, 'lid'), textOf(payload, 'pn'));
}

/** Joins two records of one person. Field by field, the newer record takes precedence. */
function joined(a: ModelRecord, b: ModelRecord): Partial<ModelRecord> {
  const [older, newer] = a.order > b.order ? [b, a] : [a, b];
  const counts = [a.data['unreadCount'], b.data['unreadCount']].filter(count => typeof count === 'number' && count > 0) as number[];
  const unread = counts.length === 2 ? { unreadCount: counts[0]! + counts[1]! } : {};
  return {
    data: { ...older.data, ...newer.data, ...unread },
    ...(a.labels || b.labels ? { labels: [...new Set([...(a.labels ?? []), ...(b.labels ?? [])])] } : {}),
    ...(a.timestamp === undefined && b.timestamp === undefined ? {} : { timestamp: Math.max(a.timestamp ?? 0, b.timestamp ?? 0) }),
    ...(a.clearedUpTo || b.clearedUpTo ? { clearedUpTo: Math.max(a.clearedUpTo ?? 0, b.clearedUpTo ?? 0) } : {}),
    ...(a.kind === 'chat' ? { deleted: (a.deleted ?? false) && (b.deleted ?? false) } : {})
  };
}
