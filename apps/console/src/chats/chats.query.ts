import { useCallback, useEffect, useRef } from 'react';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type Query,
  type UseInfiniteQueryResult
} from '@tanstack/react-query';
import type { ChatView, ModelPage, StoredMessageView } from '@wabus/contracts';
import type { AnyEvent } from '@wabus/sdk';
import { path } from '../edge/edge.client.js';
import { useFeed } from '../live/use-feed.js';
import { useEdge } from '../login/signed-in.context.js';

const PAGE = 40;

/** The edge builds the lists from the events, so a list changes shortly after an event. The page reloads the lists at most this often. */
const SETTLE_MS = 250;

/**
 * When the lists are reloaded after the newest event. The read models may lag behind, by seconds while another edge takes over the projection.
 */
const CATCH_UP_MS = [1_000, 2_500, 5_000, 9_000];

/** Every open list is reloaded this often, with or without events. */
const REFRESH_MS = 10_000;

export const chatKeys = {
  of: (session: string) => ['chats', session] as const,
  list: (session: string, query: string) => ['chats', session, 'list', query] as const,
  messages: (session: string, jid: string) => ['chats', session, 'messages', jid] as const,
  one: (session: string, jid: string) => ['chats', session, 'one', jid] as const,
  /** Not below `of`, because these queries are reloaded per chat. */
  last: (session: string) => ['last-message', session] as const
};

type Pages<Item> = UseInfiniteQueryResult<InfiniteData<ModelPage<Item>>>;

/** Returns the chats of a session in pages, newest message first. */
export function useChats(session: string, query: string): Pages<ChatView> {
  const edge = useEdge();
  return useInfiniteQuery({
    queryKey: chatKeys.list(session, query),
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({
        limit: String(PAGE),
        ...(query ? { query } : {}),
        ...(pageParam ? { cursor: pageParam } : {})
      });
      return edge.get<ModelPage<ChatView>>(`${path`/api/sessions/${session}/store/chats`}?${parameters.toString()}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_MS
  });
}

/** Returns the messages of a chat in pages, newest first. */
export function useMessages(session: string, jid: string): Pages<StoredMessageView> {
  const edge = useEdge();
  return useInfiniteQuery({
    queryKey: chatKeys.messages(session, jid),
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ limit: String(PAGE), ...(pageParam ? { before: pageParam } : {}) });
      return edge.get<ModelPage<StoredMessageView>>(
        `${path`/api/sessions/${session}/store/chats/${jid}/messages`}?${parameters.toString()}`
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_MS
  });
}

/** Returns one chat; `null` until it is loaded, and if no event mentions it (`NOT_FOUND`). */
export function useChat(session: string, jid: string): ChatView | null {
  const edge = useEdge();
  const { data } = useQuery({
    queryKey: chatKeys.one(session, jid),
    queryFn: () => edge.get<ChatView>(path`/api/sessions/${session}/store/chats/${jid}`),
    retry: false
  });
  return data ?? null;
}

/** A token may have only a few list requests in progress at once, so the previews of a list are requested one after the other. */
let previews: Promise<unknown> = Promise.resolve();

/**
 * Returns the newest message of a chat and reloads it when the chat has a newer one; `null` until it is known, and as long as the row is not
 * visible.
 */
export function useLastMessage(session: string, { jid, otherJid, timestamp }: ChatView, looking: boolean): StoredMessageView | null {
  const edge = useEdge();
  const address = `${path`/api/sessions/${session}/store/chats/${jid}/messages`}?limit=1`;
  const { data } = useQuery({
    queryKey: [...chatKeys.last(session), jid, otherJid, timestamp],
    queryFn: () => {
      const answer = previews.then(() => edge.get<ModelPage<StoredMessageView>>(address));
      previews = answer.catch(() => undefined);
      return answer.then(({ items }) => items[0] ?? null);
    },
    enabled: looking && timestamp > 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    // The chat may be projected a moment before its message. The retries end, because some messages are not shown in a chat.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 4 && (state.data?.timestamp ?? 0) < timestamp ? 1_500 : false)
  });
  return data ?? null;
}

/** Returns messages in all chats of a session that contain the text, newest first; none if the text is too short for a search. */
export function useFoundMessages(session: string, query: string): Pages<StoredMessageView> {
  const edge = useEdge();
  return useInfiniteQuery({
    queryKey: ['found-messages', session, query],
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ query, limit: '20', ...(pageParam ? { cursor: pageParam } : {}) });
      return edge.get<ModelPage<StoredMessageView>>(`${path`/api/sessions/${session}/store/messages/search`}?${parameters.toString()}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    enabled: query.length >= 2
  });
}

/** Returns the chats in which an event changes a message that may be the newest one. */
function changedChats(events: readonly AnyEvent[]): Set<string> {
  const changed = new Set<string>();
  for (const { event, data } of events) {
    if (!/^messages\.(update|delete|reaction)$/.test(event)) continue;
    for (const one of [data].flat() as { key?: { remoteJid?: unknown }; keys?: { remoteJid?: unknown }[] }[]) {
      for (const key of [one.key, ...(one.keys ?? [])]) if (typeof key?.remoteJid === 'string') changed.add(key.remoteJid);
    }
  }
  return changed;
}

/** Reloads the lists of a session when events report changes, and in the first seconds, before the page is sure to receive events. */
export function useChatsLive(session: string): void {
  const queries = useQueryClient();
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useRef<ReturnType<typeof setTimeout>[]>([]);
  /** The chats with changed messages since the last pause between events. */
  const changed = useRef(new Set<string>());
  const ask = useCallback(
    // Requests in progress are not canceled: during a constant flow of events, none would ever finish if each event started it over.
    () => {
      void queries.invalidateQueries({ queryKey: chatKeys.of(session) }, { cancelRefetch: false });
      const isChanged = ({ queryKey }: Query): boolean => queryKey.some(part => typeof part === 'string' && changed.current.has(part));
      if (changed.current.size > 0) void queries.invalidateQueries({ queryKey: chatKeys.last(session), predicate: isChanged });
    },
    [queries, session]
  );
  const askLater = useCallback(() => {
    later.current.forEach(clearTimeout);
    later.current = CATCH_UP_MS.map(afterMs => setTimeout(ask, afterMs));
    later.current.push(setTimeout(() => changed.current.clear(), Math.max(...CATCH_UP_MS)));
  }, [ask]);
  useEffect(() => {
    askLater();
    return () => {
      clearTimeout(soon.current);
      soon.current = undefined;
      later.current.forEach(clearTimeout);
    };
  }, [askLater]);
  useFeed(
    { events: ['messages.*', 'message-receipt.update', 'messaging-history.set', 'chats.*', 'contacts.*', 'groups.*'], sessions: [session] },
    {
      onEvents: events => {
        changedChats(events).forEach(jid => changed.current.add(jid));
        soon.current ??= setTimeout(() => {
          soon.current = undefined;
          ask();
        }, SETTLE_MS);
        askLater();
      }
    }
  );
}
