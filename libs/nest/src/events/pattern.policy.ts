import { EVENT_NAMES } from '@wabus/sdk/catalog';

/** The stream with all events, and the prefix of its subjects. */
export const EVENT_LOG = 'WABUS_EVENTS';
const PREFIX = 'wa.evt.';

/** The events that a handler receives. */
export interface HandlerScope {
  /** The name of an event, `*`, or a prefix that ends in `.*`. */
  readonly event: string;
  /** The sessions; all if missing. */
  readonly sessions?: readonly string[];
}

/** The error for a pattern that cannot match any event, or that does not have the documented form. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPattern';
}

const SESSION = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Returns the scope of a handler: `@EventPattern('messages.*')`, `@EventPattern({ event: 'call', session: 'sales' })`, or with `{ sessions: ['sales'] }` as
 * extras. The NATS forms `messages.>` and `>` stand for `messages.*` and `*`.
 */
export function scopeOf(pattern: unknown, extras: Readonly<Record<string, unknown>> = {}): HandlerScope {
  const { event, session, sessions } = (
    typeof pattern === 'string'
      ? { sessions: extras['sessions'], session: extras['session'], event: pattern }
      : { ...extras, ...(pattern as object) }
  ) as Record<string, unknown>;
  if (typeof event !== 'string')
    throw new InvalidEventPattern(`A pattern must be the name of an event, or {event, session}, not ${JSON.stringify(pattern)}.`);
  const named = [sessions, session].flat().filter(one => one !== undefined);
  if (!named.every((one): one is string => typeof one === 'string' && SESSION.test(one)))
    throw new InvalidEventPattern(`Sessions of the pattern ${event} must be ids of 1 to 64 characters from A-Z, a-z, 0-9, _ and -.`);
  const name = event === '>' ? '*' : event.replace(/\.>$/, '.*');
  if (!EVENT_NAMES.some(known => covers(name, known)))
    throw new InvalidEventPattern(
      `No event matches the pattern ${event}. If it belongs to another transport of this application, name the transport: @EventPattern(${JSON.stringify(event)}, Transport.NATS).`
    );
  return named.length === 0 ? { event: name } : { event: name, sessions: [...new Set(named)] };
}

/** Whether a handler receives an event. */
export function admits({ event, sessions }: HandlerScope, record: { readonly session: string; readonly event: string }): boolean {
  return covers(event, record.event) && (sessions === undefined || sessions.includes(record.session));
}

function covers(pattern: string, event: string): boolean {
  return pattern === '*' || pattern === event || (pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1)));
}

/**
 * Returns the filters of a consumer for these handlers. They do not overlap, because NATS refuses overlapping filters. Handlers of a single session get one
 * filter, because a service that may read only some sessions may have only one.
 */
export function consumerFilters(scopes: readonly HandlerScope[]): string[] {
  const sessions = new Set(scopes.flatMap(scope => scope.sessions ?? ['*']));
  const [only] = sessions;
  if (only !== undefined && only !== '*' && sessions.size === 1) return [commonFilter(only, scopes)];
  const all = scopes.filter(scope => scope.sessions === undefined);
  const widened = scopes.flatMap(({ event, sessions: some = ['*'] }) => {
    // Filters such as `wa.evt.sales.messages.*` and `wa.evt.*.messages.upsert` overlap, but neither contains the other.
    const isMixed = all.some(other => covers(event, other.event) || covers(other.event, event));
    return (isMixed ? ['*'] : some).map(session => ({ session, event }));
  });
  const needed = widened.filter(
    (one, i) =>
      !widened.some(
        (other, j) =>
          i !== j &&
          (other.session === '*' || other.session === one.session) &&
          covers(other.event, one.event) &&
          // Of two equal filters, the first remains.
          (j < i || other.session !== one.session || other.event !== one.event)
      )
  );
  return needed.map(({ session, event }) => subjectOf(session, event)).sort();
}

function commonFilter(session: string, scopes: readonly HandlerScope[]): string {
  const [first, ...others] = new Set(scopes.map(({ event }) => event));
  if (first !== undefined && others.length === 0) return subjectOf(session, first);
  const [words = [], ...rest] = scopes.map(({ event }) => event.replace(/\.?\*$/, '').split('.'));
  const differs = words.findIndex((word, i) => rest.some(one => one[i] !== word));
  const shared = (differs < 0 ? words : words.slice(0, differs)).filter(word => word !== '');
  return `${PREFIX}${[session, ...shared, '>'].join('.')}`;
}

function subjectOf(session: string, event: string): string {
  const name = event === '*' ? '>' : event.replace(/\.\*$/, '.>');
  return `${PREFIX}${session}.${name}`;
}

/** Whether a filter of a consumer selects a subject. */
export function selects(filter: string, subject: string): boolean {
  const [pattern, words] = [filter.split('.'), subject.split('.')];
  const isOpen = pattern.at(-1) === '>';
  if (isOpen ? words.length < pattern.length : words.length !== pattern.length) return false;
  return pattern.every((word, i) => word === '>' || word === '*' || word === words[i]);
}
