import { joinPerson } from './alias-events.policy.js';
import type { Draft } from './draft.state.js';
import { modelKey } from './model-key.codec.js';
import type { Json } from './model.types.js';
import { objectsIn, textOf, without } from './payload.codec.js';

/** `contacts.upsert` and `contacts.update`: each names some fields of a contact. */
export function projectContacts(draft: Draft, payload: unknown): void {
  for (const contact of objectsIn(payload)) putContact(draft, contact, false);
}

/** Contacts of the history fill gaps. */
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
  const news = without(contact, 'id');
  const data = known?.data ?? {};
  const fills = fillOnly || draft.isLate(known);
  draft.set(key, { kind: 'contact', id }, { data: fills ? { ...news, ...data } : { ...data, ...news } });
}
