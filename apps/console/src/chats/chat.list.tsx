import { useState, type ReactNode } from 'react';
import { ActionIcon, Badge, Button, Group, ScrollArea, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ChatView } from '@wabus/contracts';
import { Inbox, MessageSquarePlus, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useTimeText } from '../app/time.text.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { ChatAvatar } from './chat-avatar.js';
import classes from './chats.module.css';
import { useChats } from './chats.query.js';
import { jidOfPhone, phoneOf } from './jid.text.js';

/** The chats of a session with a search; a phone number in it begins a new chat. */
export function ChatList({ session, chosen }: { session: string; chosen: string | null }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search.trim(), 250);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useChats(session, query);
  const chats = data?.pages.flatMap(({ items }) => items);
  const typed = jidOfPhone(search);
  const openTyped = (): void => {
    if (typed !== null) void navigate(`/chats/${session}/${encodeURIComponent(typed)}`);
  };
  return (
    <>
      <form
        onSubmit={submitted => {
          submitted.preventDefault();
          openTyped();
        }}
      >
        <TextInput
          p="sm"
          aria-label={t('chats.search')}
          placeholder={t('chats.search')}
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={changed => setSearch(changed.currentTarget.value)}
          type="search"
          rightSection={
            typed === null ? null : (
              <ActionIcon variant="subtle" aria-label={t('chats.begin', { phone: phoneOf(typed) })} onClick={openTyped}>
                <MessageSquarePlus size={16} aria-hidden />
              </ActionIcon>
            )
          }
        />
      </form>
      <ScrollArea className={classes.scroll} viewportProps={{ tabIndex: -1 }}>
        {error !== null && chats === undefined && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {chats === undefined && error === null && (
          <Stack p="sm" gap="xs" aria-busy>
            {['a', 'b', 'c', 'd'].map(key => (
              <Skeleton key={key} height={52} />
            ))}
          </Stack>
        )}
        {chats?.length === 0 && (
          <EmptyNotice icon={Inbox} title={t('chats.none')} text={query === '' ? t('chats.noneHint') : t('chats.noneFound')} />
        )}
        <ul className={classes.chats}>
          {chats?.map(chat => (
            <li key={chat.jid}>
              <ChatRow session={session} chat={chat} chosen={chat.jid === chosen || (chosen !== null && chat.otherJid === chosen)} />
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Group justify="center" p="sm">
            <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('chats.more')}
            </Button>
          </Group>
        )}
      </ScrollArea>
    </>
  );
}

function ChatRow({ session, chat, chosen }: { session: string; chat: ChatView; chosen: boolean }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const name = chatNameOf(chat);
  return (
    <UnstyledButton
      component={Link}
      to={`/chats/${session}/${encodeURIComponent(chat.jid)}`}
      className={classes.chat}
      aria-current={chosen ? 'true' : undefined}
      data-jid={chat.jid}
    >
      <ChatAvatar jid={chat.jid} name={name} />
      <div className={classes.chatText}>
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {chat.timestamp > 0 ? timeText(new Date(chat.timestamp * 1_000).toISOString()) : phoneOf(chat.jid)}
        </Text>
      </div>
      {chat.unreadCount !== 0 && (
        <Badge
          circle={chat.unreadCount > 0 && chat.unreadCount < 10}
          aria-label={t('chats.unread', { count: Math.max(1, chat.unreadCount) })}
        >
          {chat.unreadCount > 0 ? chat.unreadCount : '•'}
        </Badge>
      )}
    </UnstyledButton>
  );
}

/** What a chat is called: its name, else the phone number of either jid. */
export function chatNameOf({ name, jid, otherJid }: Pick<ChatView, 'name' | 'jid' | 'otherJid'>): string {
  if (name !== null && name !== '') return name;
  const phone = [jid, otherJid].find(one => one?.endsWith('@s.whatsapp.net') === true);
  return phoneOf(phone ?? jid);
}
