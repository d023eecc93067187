import type { ReactNode } from 'react';
import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { ChatView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChatAvatar } from './chat-avatar.js';
import { useChatName } from './chat-name.text.js';
import classes from './chats.module.css';
import { useLastMessage } from './chats.query.js';
import { useDrafts } from './drafts.context.js';
import { isGroupChat } from './jid.text.js';
import { useMomentText } from './moment.text.js';
import { usePreviewText } from './preview.text.js';

/** A chat in the list: its name, its newest message or draft, and the number of unread messages. */
export function ChatRow({ session, chat, chosen }: { session: string; chat: ChatView; chosen: boolean }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useChatName();
  const moments = useMomentText();
  const previewOf = usePreviewText();
  const drafts = useDrafts();
  const { ref, entry } = useIntersection();
  const last = useLastMessage(session, chat, entry?.isIntersecting === true);
  const name = nameOf(chat);
  const draft = chosen ? '' : drafts.read(session, chat.jid);
  const preview = draft === '' ? last && previewOf(last, isGroupChat(chat.jid)) : t('chats.draft', { text: draft });
  return (
    <UnstyledButton
      component={Link}
      ref={ref}
      to={`/chats/${session}/${encodeURIComponent(chat.jid)}`}
      className={classes.chat}
      aria-current={chosen ? 'true' : undefined}
      data-jid={chat.jid}
    >
      <ChatAvatar jid={chat.jid} name={name} chosen={chosen} />
      <div className={classes.chatText}>
        <div className={classes.chatLine}>
          <Text size="sm" fw={600} truncate flex={1} dir="auto" ta="left">
            {name}
          </Text>
          {chat.timestamp > 0 && (
            <Text size="xs" c="dimmed">
              {moments.short(chat.timestamp)}
            </Text>
          )}
        </div>
        <div className={classes.chatLine}>
          <Text size="xs" c="dimmed" truncate flex={1} dir="auto" ta="left" data-preview>
            {preview ?? '\u00a0'}
          </Text>
          {chat.unreadCount !== 0 && (
            <Badge
              size="sm"
              circle={chat.unreadCount > 0 && chat.unreadCount < 10}
              data-unread={chat.unreadCount}
              aria-label={t('chats.unread', { count: Math.max(1, chat.unreadCount) })}
            >
              {chat.unreadCount > 0 ? chat.unreadCount : '•'}
            </Badge>
          )}
        </div>
      </div>
    </UnstyledButton>
  );
}
