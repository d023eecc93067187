import { useCallback, useEffect, useRef } from 'react';
import { useInfiniteQuery, useQueryClient, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ChatView, ModelPage, StoredMessageView } from '@wabus/contracts';
import { path } from '../edge/edge.client.js';
import { useFeed } from '../live/use-feed.js';
import { useEdge } from '../login/signed-in.context.js';

const PAGE = 40;

/** Lists follow events by moments, since they are made from these; however many come, they are asked for at this distance. */
const SETTLE_MS = 250;

/** When they are asked for once more after the newest event: they may be behind, by seconds when another edge takes over making them. */
const CATCH_UP_MS = [1_000, 2_500, 5_000, 9_000];

/** Every list that is open asks again so often, whatever events say. */
const REFRESH_MS = 10_000;

export const chatKeys = {
  of: (session: string) => ['chats', session] as const,
  list: (session: string, query: string) => ['chats', session, 'list', query] as const,
  messages: (session: string, jid: string) => ['chats', session, 'messages', jid] as const
};

type Pages<Item> = UseInfiniteQueryResult<InfiniteData<ModelPage<Item>>>;

/** The chats of a session, newest message first, a page at a time. */
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

/** The messages of a chat, newest first, a page at a time. */
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

/** Asks for the lists of a session again when events say that they have changed, and in the first seconds, before these are sure to come. */
export function useChatsLive(session: string): void {
  const queries = useQueryClient();
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useRef<ReturnType<typeof setTimeout>[]>([]);
  const ask = useCallback(
    // An answer that is in progress counts: where events never cease, none would ever arrive if each started over.
    () => void queries.invalidateQueries({ queryKey: chatKeys.of(session) }, { cancelRefetch: false }),
    [queries, session]
  );
  const askLater = useCallback(() => {
    later.current.forEach(clearTimeout);
    later.current = CATCH_UP_MS.map(afterMs => setTimeout(ask, afterMs));
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
      onEvents: () => {
        soon.current ??= setTimeout(() => {
          soon.current = undefined;
          ask();
        }, SETTLE_MS);
        askLater();
      }
    }
  );
}
