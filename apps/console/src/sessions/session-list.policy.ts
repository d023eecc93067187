import type { SessionView } from '@wabus/sdk';
import type { SessionStateName } from './session-state.table.js';
import type { Wish } from './sessions.query.js';
import { sensibleWishes } from './wish.policy.js';

/** Sessions that need attention come first, then sessions that are in progress. */
const BY_TROUBLE: Readonly<Record<SessionStateName, number>> = {
  failed: 0,
  'logged-out': 1,
  waiting: 2,
  pairing: 3,
  connecting: 4,
  starting: 5,
  open: 6,
  stopped: 7
};

export const SESSION_SORTS = ['trouble', 'name', 'recent'] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

/** Which sessions the list shows, from the address. */
export interface SessionChoice {
  readonly search: string;
  readonly state: SessionStateName | null;
  readonly sort: SessionSort;
}

/** Parses the parameters of the address. Unknown values are ignored. */
export function choiceOf(parameters: URLSearchParams): SessionChoice {
  const [state, sort] = [parameters.get('state'), parameters.get('sort')];
  return {
    search: parameters.get('q') ?? '',
    state: state !== null && Object.hasOwn(BY_TROUBLE, state) ? (state as SessionStateName) : null,
    sort: SESSION_SORTS.find(one => one === sort) ?? 'trouble'
  };
}

/** Returns the query parameters of this choice, without default values. */
export function parametersOf({ search, state, sort }: SessionChoice): URLSearchParams {
  const parameters = new URLSearchParams();
  if (search !== '') parameters.set('q', search);
  if (state !== null) parameters.set('state', state);
  if (sort !== 'trouble') parameters.set('sort', sort);
  return parameters;
}

/** Returns the sessions to show, in order. The search covers ids, names and phone numbers, which may be typed with spaces. */
export function chosenSessions(views: readonly SessionView[], { search, state, sort }: SessionChoice): SessionView[] {
  const wanted = search.trim().toLowerCase();
  const digits = wanted.replace(/[\s+()-]/g, '');
  const matches = ({ session, status: { account } }: SessionView): boolean =>
    session.toLowerCase().includes(wanted) ||
    (account?.name ?? '').toLowerCase().includes(wanted) ||
    (/^\d+$/.test(digits) && (account?.id ?? '').includes(digits));
  return views.filter(view => (state === null || view.status.state === state) && matches(view)).sort(ORDERS[sort]);
}

const byName = (one: SessionView, other: SessionView): number => one.session.localeCompare(other.session);

const ORDERS: Readonly<Record<SessionSort, (one: SessionView, other: SessionView) => number>> = {
  trouble: (one, other) => BY_TROUBLE[one.status.state] - BY_TROUBLE[other.status.state] || byName(one, other),
  name: byName,
  recent: (one, other) => (other.status.lastMessageAt ?? '').localeCompare(one.status.lastMessageAt ?? '') || byName(one, other)
};

/** Returns the number of sessions in each existing state, troubled states first. */
export function countsByState(views: readonly SessionView[]): [state: SessionStateName, count: number][] {
  const states = (Object.keys(BY_TROUBLE) as SessionStateName[]).sort((one, other) => BY_TROUBLE[one] - BY_TROUBLE[other]);
  return states
    .map((state): [SessionStateName, number] => [state, views.filter(({ status }) => status.state === state).length])
    .filter(([, count]) => count > 0);
}

/** The actions for several sessions at once. */
export const BULK_WISHES = ['start', 'stop', 'restart'] as const satisfies readonly Wish[];
export type BulkWish = (typeof BULK_WISHES)[number];

/** Returns the ids of the sessions for which the action makes sense. */
export function sessionsFor(wish: BulkWish, views: readonly SessionView[]): string[] {
  return views.filter(view => sensibleWishes(view).includes(wish)).map(({ session }) => session);
}
