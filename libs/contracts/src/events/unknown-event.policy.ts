import { WabusError } from '../errors/wabus-error.js';
import { likeliestOf } from '../fields/likeness.policy.js';
import { EVENT_NAMES, type EventName } from './event-catalog.js';
import { EVENTS_ELSEWHERE } from './porters-events.table.js';

const MAX_NAME = 100;

/** Event names by plain form: without punctuation and in lower case, so that `MESSAGES_UPSERT` finds `messages.upsert`. */
const BY_PLAIN_NAME = new Map(EVENT_NAMES.map(name => [plain(name), name]));

/** Returns the events that a caller probably meant by an unknown name; empty if there is no likely one. */
export function eventsMeantBy(name: string): readonly EventName[] {
  if (name.length > MAX_NAME) return [];
  const said = plain(name);
  const same = BY_PLAIN_NAME.get(said);
  if (same !== undefined) return [same];
  if (Object.hasOwn(EVENTS_ELSEWHERE, said)) return EVENTS_ELSEWHERE[said]!;
  const likely = likeliestOf([...BY_PLAIN_NAME.keys()], said);
  return likely === null ? [] : [BY_PLAIN_NAME.get(likely)!];
}

/** Returns a sentence that proposes events for an unknown name; empty if there is no likely one. */
export function eventProposal(name: string): string {
  const meant = eventsMeantBy(name);
  return meant.length === 0 ? '' : ` For ${JSON.stringify(name)} there is ${meant.join(' and ')}.`;
}

/** Creates the error for unknown event names: `UNKNOWN_EVENT`. The message proposes replacements, and `details.unknown` lists the names. */
export function unknownEvents(names: readonly string[], details: { readonly field?: string } = {}): WabusError {
  const named = names.map(name => name.slice(0, MAX_NAME));
  return new WabusError('UNKNOWN_EVENT', {
    message: `There is no event ${named.map(name => JSON.stringify(name)).join(', ')}.${names.map(eventProposal).join('')}`,
    details: { unknown: named, ...details }
  });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9*]/g, '');
}
