import { joinPerson } from './contact-events.policy.js';
import type { Draft } from './draft.state.js';
import { personOf } from './authority.policy.js';
import { modelKey } from './model-key.codec.js';
import type { Json } from './model.types.js';
import { field, objectsIn, textOf } from './payload.codec.js';

/** `groups.upsert` (whole groups) and `groups.update` (some fields of groups). */
export function projectGroups(draft: Draft, payload: unknown): void {
  for (const group of objectsIn(payload)) {
    const id = textOf(group, 'id');
    if (id === null) continue;
    for (const participant of objectsIn(group['participants'])) joinParticipant(draft, participant);
    putGroup(
      draft,
      id,
      () => group,
      data => ({ ...group, ...data })
    );
  }
}

/** `group-participants.update`. If the group is not known yet, only the added participants become known. */
export function projectParticipants(draft: Draft, payload: unknown): void {
  const id = textOf(payload, 'id');
  if (id === null) return;
  const named = participantsIn(field(payload, 'participants'));
  for (const participant of named) joinParticipant(draft, participant);
  const change = CHANGES.get(textOf(payload, 'action') ?? '');
  if (change === undefined) return;
  putGroup(draft, id, data => {
    const participants = change(objectsIn(data['participants']), named, person => draft.canonical(person));
    return { participants, ...(typeof data['size'] === 'number' ? { size: participants.length } : {}) };
  });
}

/** `group.member-tag.update`. */
export function projectMemberTag(draft: Draft, payload: unknown): void {
  const id = textOf(payload, 'groupId');
  const participant = textOf(payload, 'participant');
  if (id === null || participant === null) return;
  joinPerson(draft, participant, textOf(payload, 'participantAlt'));
  const wanted = draft.canonical(participant);
  putGroup(draft, id, data => ({
    participants: objectsIn(data['participants']).map(one =>
      draft.canonical(textOf(one, 'id') ?? '') === wanted ? { ...one, memberTag: field(payload, 'label') } : one
    )
  }));
}

type ParticipantChange = (before: Json[], named: Json[], canonical: (jid: string) => string) => Json[];

const role =
  (admin: string | null): ParticipantChange =>
  (before, named, canonical) => {
    const wanted = idsOf(named, canonical);
    return before.map(one => (wanted.has(canonical(textOf(one, 'id') ?? '')) ? { ...one, admin } : one));
  };

const added: ParticipantChange = (before, named, canonical) => {
  const there = idsOf(before, canonical);
  return [...before, ...named.filter(one => !there.has(canonical(textOf(one, 'id') ?? '')))];
};

const removed: ParticipantChange = (before, named, canonical) => {
  const gone = idsOf(named, canonical);
  return before.filter(one => !gone.has(canonical(textOf(one, 'id') ?? '')));
};

/** Changes by Baileys' names of actions. `modify` (another number) names participants that are not in the list. */
const CHANGES: ReadonlyMap<string, ParticipantChange> = new Map([
  ['add', added],
  ['remove', removed],
  ['promote', role('admin')],
  ['demote', role(null)]
]);

function idsOf(participants: Json[], canonical: (jid: string) => string): Set<string> {
  return new Set(participants.map(one => canonical(textOf(one, 'id') ?? '')));
}

function putGroup(draft: Draft, id: string, news: (data: Json) => Json, late?: (data: Json) => Json): void {
  const key = modelKey('group', personOf(id));
  const known = draft.get(key);
  const data = known?.data ?? {};
  if (draft.isLate(known)) {
    if (late) draft.set(key, { kind: 'group', id }, { data: late(data) });
    return;
  }
  draft.set(key, { kind: 'group', id }, { data: { ...data, ...news(data) } });
}

function joinParticipant(draft: Draft, participant: Json): void {
  const id = textOf(participant, 'id');
  joinPerson(draft, id, textOf(participant, 'lid'));
  joinPerson(draft, id, textOf(participant, 'phoneNumber'));
}

/** Older versions of Baileys identify participants by jid only. */
function participantsIn(value: unknown): Json[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  return objectsIn(list.map(one => (typeof one === 'string' ? { id: one } : one)));
}
