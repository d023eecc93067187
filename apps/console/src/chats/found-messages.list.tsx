import type { ReactNode } from 'react';
import { Button, Group, Loader, Text, UnstyledButton } from '@mantine/core';
import type { StoredMessageView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ErrorNotice } from '../notices/error.notice.js';
import { useChatName } from './chat-name.text.js';
import classes from './chats.module.css';
import { useChat, useFoundMessages } from './chats.query.js';
import { useMomentText } from './moment.text.js';
import { usePreviewText } from './preview.text.js';

/** The messages that contain the search text; each links to its place in its chat. */
export function FoundMessages({ session, query }: { session: string; query: string }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage } = useFoundMessages(session, query);
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.length < 2 || (found.length === 0 && error === null && !isFetching)) return null;
  return (
    <section aria-label={t('chats.found')}>
      <Group px="sm" pt="sm" pb={4} gap="xs">
        <Text size="xs" fw={600} c="dimmed">
          {t('chats.found')}
        </Text>
        {isFetching && <Loader size={12} aria-label={t('app.loading')} />}
      </Group>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <ul className={classes.chats}>
        {found.map(message => (
          <li key={`${message.chat} ${message.id}`}>
            <FoundMessage session={session} message={message} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="subtle" size="compact-sm" loading={isFetching} onClick={() => void fetchNextPage()}>
            {t('chats.moreFound')}
          </Button>
        </Group>
      )}
    </section>
  );
}

function FoundMessage({ session, message }: { session: string; message: StoredMessageView }): ReactNode {
  const nameOf = useChatName();
  const previewOf = usePreviewText();
  const moments = useMomentText();
  const chat = useChat(session, message.chat);
  return (
    <UnstyledButton
      component={Link}
      to={`/chats/${session}/${encodeURIComponent(chat?.jid ?? message.chat)}?message=${encodeURIComponent(message.id)}`}
      className={classes.chat}
      data-found={message.id}
    >
      <div className={classes.chatText}>
        <div className={classes.chatLine}>
          <Text size="sm" fw={600} truncate flex={1}>
            {nameOf(chat ?? { name: null, jid: message.chat, otherJid: null })}
          </Text>
          <Text size="xs" c="dimmed">
            {moments.short(message.timestamp)}
          </Text>
        </div>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {previewOf(message)}
        </Text>
      </div>
    </UnstyledButton>
  );
}
