/** Events of WAHA, and the Wabus events from which they derive. Events that Wabus does not have derive from none. */
export const WAHA_EVENTS: Readonly<Record<string, readonly string[]>> = {
  'session.status': ['session.status'],
  message: ['messages.upsert'],
  'message.any': ['messages.upsert'],
  'message.reaction': ['messages.reaction'],
  'message.ack': ['messages.update'],
  'message.ack.group': ['message-receipt.update'],
  'message.waiting': ['messages.upsert'],
  'message.edited': ['messages.update'],
  'message.revoked': ['messages.update'],
  'chat.archive': ['chats.update'],
  'group.v2.join': ['groups.upsert'],
  'group.v2.leave': ['group-participants.update'],
  'group.v2.participants': ['group-participants.update'],
  'group.v2.update': ['groups.update'],
  'group.join': [],
  'group.leave': [],
  'presence.update': ['presence.update'],
  'poll.vote': ['message.poll-vote'],
  'poll.vote.failed': ['message.unopened'],
  'event.response': [],
  'event.response.failed': [],
  'label.upsert': ['labels.edit'],
  'label.deleted': ['labels.edit'],
  'label.chat.added': ['labels.association'],
  'label.chat.deleted': ['labels.association'],
  'call.received': ['call'],
  'call.accepted': ['call'],
  'call.rejected': ['call'],
  'engine.event': ['*'],
  'state.change': []
};

/** Returns the Wabus events that a webhook of WAHA needs. `*` stands for all except `engine.event`, as in WAHA. */
export function eventsForWaha(names: readonly string[]): string[] {
  const wanted = names.includes('*') ? Object.keys(WAHA_EVENTS).filter(name => name !== 'engine.event') : names;
  const ours = new Set(wanted.flatMap(name => WAHA_EVENTS[name] ?? []));
  return ours.has('*') ? ['*'] : [...ours].sort();
}

/** Returns the WAHA events that derive from these Wabus events, for a webhook whose own list is unknown. */
export function wahaEventsOf(ours: readonly string[]): string[] {
  if (ours.includes('*')) return ['*'];
  return Object.entries(WAHA_EVENTS).flatMap(([name, sources]) =>
    sources.length > 0 && sources.every(source => ours.includes(source)) ? [name] : []
  );
}
