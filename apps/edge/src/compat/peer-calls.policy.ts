import type { CommandName, SessionStatusRecord } from '@wabus/contracts';
import type { CallResults, PeerConversation, ListCall, PeerAnswer, PeerCall, PeerRequest, PeerRoute } from './compat.types.js';

/** Makes one call and returns its result. */
export function* call<C extends PeerCall>(one: C): PeerConversation<CallResults[C['do']]> {
  return (yield one) as CallResults[C['do']];
}

/** Runs a command of the catalog. `Reply` is the type of its reply in the catalog. */
export function* perform<Reply = unknown>(session: unknown, method: CommandName, args?: object): PeerConversation<Reply> {
  return (yield { do: 'command', session, method, ...(args === undefined ? {} : { args }) }) as Reply;
}

/** Reads pages of a list until `most` items were read. */
export function* listed<Kind extends ListCall['do']>(
  one: Omit<ListCall, 'do' | 'limit' | 'cursor'> & { do: Kind },
  most: number
): PeerConversation<CallResults[Kind]['items'][number][]> {
  const items: CallResults[Kind]['items'][number][] = [];
  let cursor: string | null = null;
  do {
    const page: CallResults[ListCall['do']] = yield* call({ ...one, cursor, limit: Math.min(MOST_OF_A_PAGE, most - items.length) });
    items.push(...(page.items as typeof items));
    cursor = page.next;
  } while (cursor !== null && items.length < most);
  return items;
}

const MOST_OF_A_PAGE = 200;

/** Returns the status of a session once it satisfies `until`. */
export function* waited(
  session: unknown,
  waitMs: number,
  until: (status: SessionStatusRecord | undefined) => boolean
): PeerConversation<SessionStatusRecord | undefined> {
  return yield* call({ do: 'wait', session, until, waitMs });
}

export const json = (status: number, body: unknown): PeerAnswer => ({ status, body });
export const ok = (body: unknown): PeerAnswer => json(200, body);
export const created = (body: unknown): PeerAnswer => json(201, body);

type Extras = Pick<PeerRoute, 'note' | 'common'>;

/** Returns builders for the rows of one page of a peer's documentation. */
export function rowsOf(page: string): {
  serve: (
    address: `${PeerRoute['verb']} ${string}`,
    ours: string | readonly string[],
    handle: (request: PeerRequest) => PeerConversation,
    extras?: Extras
  ) => PeerRoute;
  refuse: (address: `${PeerRoute['verb']} ${string}`, ours: string | readonly string[], note?: string) => PeerRoute;
} {
  const row = (address: string, ours: string | readonly string[]): PeerRoute => {
    const [verb, path] = address.split(' ') as [PeerRoute['verb'], string];
    return { verb, path, ours: typeof ours === 'string' ? [ours] : ours, page };
  };
  return {
    serve: (address, ours, handle, extras = {}) => ({ ...row(address, ours), handle, ...extras }),
    refuse: (address, ours, note) => ({ ...row(address, ours), ...(note === undefined ? {} : { note }) })
  };
}
