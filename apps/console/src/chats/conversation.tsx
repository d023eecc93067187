import { useEffect, useMemo, type ReactNode } from 'react';
import { ActionIcon, Button, Center, Loader, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ChatView } from '@wabus/contracts';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { path } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { useEdge, useMay } from '../login/signed-in.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { chatNameOf } from './chat.list.js';
import { ChatAvatar } from './chat-avatar.js';
import classes from './chats.module.css';
import { chatKeys, useMessages } from './chats.query.js';
import { Composer } from './composer.js';
import { isGroupChat } from './jid.text.js';
import { MessageBubble } from './message.bubble.js';
import { OutgoingBubble } from './outgoing.bubble.js';
import { useSending } from './sending.js';

/** One chat: its history, newest at the bottom, and a composer for tokens that may send. */
export function Conversation({ session, jid }: { session: string; jid: string }): ReactNode {
  const { t } = useTranslation();
  const maySend = useMay('send');
  const chat = useChat(session, jid);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } = useMessages(session, jid);
  const { messages: outgoing, send, retry, discard, listed } = useSending(session);
  const messages = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  useEffect(() => listed(new Set(messages.map(({ id }) => id))), [messages, listed]);
  return (
    <>
      <header className={classes.head}>
        <ActionIcon component={Link} to={`/chats/${session}`} variant="subtle" color="gray" hiddenFrom="sm" aria-label={t('chats.back')}>
          <ArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <ChatAvatar jid={jid} name={chat} />
        <div style={{ minWidth: 0 }}>
          <Title order={2} size="h5" lineClamp={1}>
            {chat}
          </Title>
          <Text size="xs" c="dimmed" truncate>
            {jid}
          </Text>
        </div>
      </header>
      <div className={classes.messages} role="log" aria-label={t('chats.messages')} tabIndex={0}>
        {[...outgoing].reverse().map(message => (
          <OutgoingBubble key={message.key} message={message} onRetry={() => retry(message.key)} onDiscard={() => discard(message.key)} />
        ))}
        {messages.map(message => (
          <MessageBubble key={`${message.id}${message.participant ?? ''}`} session={session} message={message} inGroup={isGroupChat(jid)} />
        ))}
        {hasNextPage && (
          <Center>
            <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('chats.older')}
            </Button>
          </Center>
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
      {maySend && <Composer onSend={(text, file) => send({ jid, text, file })} />}
    </>
  );
}

/** The name of a chat; its jid as people write it for one that is not known. */
function useChat(session: string, jid: string): string {
  const edge = useEdge();
  const { data } = useQuery({
    queryKey: [...chatKeys.of(session), 'one', jid],
    queryFn: () => edge.get<ChatView>(path`/api/sessions/${session}/store/chats/${jid}`),
    retry: false
  });
  return chatNameOf(data ?? { name: null, jid, otherJid: null });
}
