import { Fragment, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Button, Center, Loader, Text } from '@mantine/core';
import type { StoredMessageView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { errorFrom } from '../edge/edge-error.js';
import { useMay } from '../login/signed-in.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import classes from './chats.module.css';
import type { useMessages } from './chats.query.js';
import { startsDay } from './day.policy.js';
import { isGroupChat } from './jid.text.js';
import { MessageActionsMenu } from './message-actions.menu.js';
import type { MessageAction } from './message-actions.js';
import { MessageBubble } from './message.bubble.js';
import { useMomentText } from './moment.text.js';
import { OutgoingBubble } from './outgoing.bubble.js';
import type { Sending } from './sending.js';

/** The maximum number of pages to load in order to reach a message from the search. */
const MOST_PAGES = 25;

interface Offered {
  readonly onAct: (action: MessageAction) => void;
  readonly onReply: () => void;
  readonly onEdit: () => void;
}

interface MessageHistoryProps {
  readonly session: string;
  readonly jid: string;
  readonly history: ReturnType<typeof useMessages>;
  /** Newest first. */
  readonly messages: readonly StoredMessageView[];
  readonly sending: Sending;
  /** The actions for a message; `null` for a token that may only read. */
  readonly children: ((message: StoredMessageView) => Offered) | null;
}

/** The messages of a chat by day. If the address names a message, the list loads, shows and highlights it. */
export function MessageHistory({ session, jid, history, messages, sending, children: offered }: MessageHistoryProps): ReactNode {
  const { t } = useTranslation();
  const maySend = useMay('send');
  const moments = useMomentText();
  const [{ wanted, tooOld }, show, frame] = useWantedMessage(history, messages);
  const { error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } = history;
  const { messages: outgoing, retry, discard } = sending;
  return (
    <div className={classes.messages} role="log" aria-label={t('chats.messages')} tabIndex={0} ref={frame}>
      {[...outgoing].reverse().map(message => (
        <OutgoingBubble key={message.key} message={message} onRetry={() => retry(message.key)} onDiscard={() => discard(message.key)} />
      ))}
      {messages.map((message, index) => {
        const older = messages[index + 1]?.timestamp ?? null;
        const known = older !== null || !hasNextPage;
        return (
          <Fragment key={`${message.id}${message.participant ?? ''}`}>
            <MessageBubble
              session={session}
              message={message}
              inGroup={isGroupChat(jid)}
              marked={message.id === wanted}
              onShowQuoted={show}
            >
              {offered !== null && <MessageActionsMenu message={message} {...offered(message)} />}
            </MessageBubble>
            {known && startsDay(older, message.timestamp) && (
              <Text className={classes.day} size="xs" c="dimmed" data-day>
                {moments.day(message.timestamp)}
              </Text>
            )}
          </Fragment>
        );
      })}
      {hasNextPage && (
        <Center>
          <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('chats.older')}
          </Button>
        </Center>
      )}
      {tooOld && (
        <Text role="status" size="sm" c="dimmed" ta="center">
          {t('chats.tooOld')}
        </Text>
      )}
      {isPending && (
        <Center p="xl">
          <Loader aria-label={t('app.loading')} />
        </Center>
      )}
      {error !== null && errorFrom(error).code !== 'NOT_FOUND' && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!isPending && messages.length === 0 && outgoing.length === 0 && (
        <Text c="dimmed" size="sm" ta="center" p="xl">
          {maySend ? t('chats.emptyChat') : t('chats.emptyChatForYou')}
        </Text>
      )}
    </div>
  );
}

interface Wanted {
  readonly wanted: string | null;
  readonly tooOld: boolean;
}

/** The message that the address names: loads pages until they contain it, and scrolls to it once. */
function useWantedMessage(
  { hasNextPage, isFetching, fetchNextPage, data }: ReturnType<typeof useMessages>,
  messages: readonly StoredMessageView[]
): [Wanted, (id: string) => void, RefObject<HTMLDivElement | null>] {
  const [parameters, setParameters] = useSearchParams();
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  const wanted = parameters.get('message');
  const there = wanted !== null && messages.some(({ id }) => id === wanted);
  const pages = data?.pages.length ?? 0;
  const looking = wanted !== null && !there && pages > 0;
  useEffect(() => {
    if (looking && hasNextPage && !isFetching && pages < MOST_PAGES && shown.current !== wanted) void fetchNextPage();
  }, [looking, hasNextPage, isFetching, pages, wanted, fetchNextPage]);
  useEffect(() => {
    if (!there || shown.current === wanted) return;
    shown.current = wanted;
    frame.current?.querySelector(`[data-message="${CSS.escape(wanted)}"]`)?.scrollIntoView({ block: 'center' });
  }, [there, wanted]);
  const show = (id: string): void => {
    shown.current = null;
    setParameters({ message: id }, { replace: true });
  };
  return [{ wanted, tooOld: looking && !isFetching && (!hasNextPage || pages >= MOST_PAGES) }, show, frame];
}
