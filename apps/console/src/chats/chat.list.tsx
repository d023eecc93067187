import { useState, type ReactNode } from 'react';
import { ActionIcon, Button, Group, ScrollArea, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Inbox, MessageSquarePlus, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { ChatRow } from './chat-row.js';
import classes from './chats.module.css';
import { useChats } from './chats.query.js';
import { FoundMessages } from './found-messages.list.js';
import { jidOfPhone, phoneIn } from './jid.text.js';

/** The chats of a session, with a search in their names and messages. A phone number as the search text starts a new chat. */
export function ChatList({ session, chosen }: { session: string; chosen: string | null }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search.trim(), 250);
  const asked = useChats(session, query);
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = asked;
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
              <ActionIcon variant="subtle" aria-label={t('chats.begin', { phone: phoneIn(typed) ?? '' })} onClick={openTyped}>
                <MessageSquarePlus size={16} aria-hidden />
              </ActionIcon>
            )
          }
        />
      </form>
      <ScrollArea className={classes.scroll} viewportProps={{ tabIndex: -1 }}>
        <QueryView
          query={asked}
          rows={4}
          height={52}
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={query === '' ? <EmptyNotice icon={Inbox} title={t('chats.none')} text={t('chats.noneHint')} /> : <NoneFound />}
        >
          {({ pages }) => (
            <ul className={classes.chats}>
              {pages
                .flatMap(({ items }) => items)
                .map(chat => (
                  <li key={chat.jid}>
                    <ChatRow session={session} chat={chat} chosen={chat.jid === chosen || (chosen !== null && chat.otherJid === chosen)} />
                  </li>
                ))}
            </ul>
          )}
        </QueryView>
        {hasNextPage && (
          <Group justify="center" p="sm">
            <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('chats.more')}
            </Button>
          </Group>
        )}
        <FoundMessages session={session} query={query} />
      </ScrollArea>
    </>
  );
}

/** One line, so that the messages found below it stay in view. */
function NoneFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed" px="sm">
      {t('chats.noneFound')}
    </Text>
  );
}
