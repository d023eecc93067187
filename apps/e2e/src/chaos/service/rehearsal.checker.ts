/** The observations of a rehearsal. */
export interface Rehearsed {
  /** Texts that contacts wrote, and the session that must publish each in one event. */
  readonly written: readonly Expected[];
  /** The published texts, in order. */
  readonly published: readonly Expected[];
  /** Texts that a command sent successfully, and the contact that must receive each once. */
  readonly sent: readonly Expected[];
  readonly received: readonly Expected[];
  /** Every reason for which a connection ended, by session. */
  readonly ended: readonly { readonly session: string; readonly reason: string }[];
  /** Reasons that the rehearsal provoked itself, by session. */
  readonly provoked: ReadonlyMap<string, ReadonlySet<string>>;
  /** Outcomes of commands that failed. */
  readonly refusals: readonly { readonly session: string; readonly command: string; readonly code: string; readonly named: boolean }[];
  /** Stanzas that a device has not confirmed at the end. */
  readonly unconfirmed: readonly { readonly session: string; readonly stanzas: number }[];
  /** Sessions in a wrong state at the end. */
  readonly strayed: readonly { readonly session: string; readonly state: string; readonly reason: string }[];
  /** Accounts that WhatsApp locked because they resent too much. */
  readonly locked: readonly { readonly session: string; readonly resends: number }[];
  /** Messages to numbers that nobody has, for which WhatsApp locks accounts. */
  readonly toNobody: readonly { readonly session: string; readonly messages: number }[];
  /** Further logins of accounts after WhatsApp has refused a login. */
  readonly insisted: readonly { readonly session: string; readonly logins: number }[];
}

export interface Expected {
  readonly who: string;
  readonly text: string;
}

/** Returns the faults of a rehearsal as sentences; none if everything went well. Pure. */
export function rehearsalFaults(seen: Rehearsed): string[] {
  const unprovoked = seen.ended.filter(({ session, reason }) => seen.provoked.get(session)?.has(reason) !== true);
  return [
    ...unprovoked.map(({ session, reason }) => `${session}: a connection ended for ${reason}, which nobody provoked`),
    ...seen.unconfirmed.map(({ session, stanzas }) => `${session}: ${stanzas} stanzas are left in the queue`),
    ...seen.strayed.map(({ session, state, reason }) => `${session}: is ${state} at the end (${reason})`),
    ...seen.locked.map(({ session, resends }) => `${session}: was locked after ${resends} messages that were sent again`),
    ...seen.toNobody.map(({ session, messages }) => `${session}: sent ${messages} messages to numbers that nobody has`),
    ...seen.insisted.map(({ session, logins }) => `${session}: logged in ${logins} times although WhatsApp refuses it`),
    ...seen.refusals.flatMap(({ session, command, code, named }) =>
      named ? [] : `${session}: ${command} failed with ${code} and no reason`
    ),
    ...onceEach('written to', seen.written, seen.published),
    ...onceEach('sent by command to', seen.sent, seen.received)
  ];
}

/** Returns a fault for each expected text that did not arrive exactly once. */
function onceEach(how: string, expected: readonly Expected[], arrived: readonly Expected[]): string[] {
  const counts = new Map<string, number>();
  for (const one of arrived) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return expected.flatMap(one => {
    const times = counts.get(keyOf(one)) ?? 0;
    return times === 1 ? [] : `${one.text}, ${how} ${one.who}, arrived ${times} times`;
  });
}

function keyOf({ who, text }: Expected): string {
  return `${who} ${text}`;
}
