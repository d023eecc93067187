import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { ActionIcon, CloseButton, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GroupView, StoredMessageView } from '@wabus/contracts';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { path } from '../edge/edge.client.js';
import { useEdge, useMay } from '../login/signed-in.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { ChatAvatar } from './chat-avatar.js';
import { useChatName, usePersonName } from './chat-name.text.js';
import classes from './chats.module.css';
import { useChat, useMessages } from './chats.query.js';
import { Composer, type WritingMode } from './composer.js';
import { useDrafts } from './drafts.context.js';
import { isGroupChat, phoneIn } from './jid.text.js';
import { useMessageActions } from './message-actions.js';
import { MessageHistory } from './message-history.list.js';
import { usePreviewText } from './preview.text.js';
import { useSending } from './sending.js';
import { useReading } from './use-reading.js';

interface Mode {
  readonly kind: 'reply' | 'edit';
  readonly message: StoredMessageView;
}

/** One chat: its history, newest at the bottom, and a composer for tokens that may send. */
export function Conversation({ session, jid }: { session: string; jid: string }): ReactNode {
  const maySend = useMay('send');
  const drafts = useDrafts();
  const chat = useChat(session, jid);
  const history = useMessages(session, jid);
  const { data } = history;
  const sending = useSending(session);
  const actions = useMessageActions(session, jid);
  const messages = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const [text, setText] = useState(() => drafts.read(session, jid));
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<Mode | null>(null);
  const writing = useWritingMode(session, mode);
  const { listed } = sending;
  useEffect(() => listed(new Set(messages.map(({ id }) => id))), [messages, listed]);
  useReading({ session, jid, unreadCount: chat?.unreadCount ?? 0, messages });

  /** An edit has a separate text, so the draft of the chat stays. */
  const write = (next: string): void => {
    setText(next);
    if (mode?.kind !== 'edit') drafts.keep(session, jid, next);
  };
  const leaveMode = (): void => {
    if (mode?.kind === 'edit') setText(drafts.read(session, jid));
    setMode(null);
  };
  const send = (): void => {
    if (mode?.kind === 'edit') {
      const edited = text.trim();
      actions.act({ kind: 'edit', message: mode.message, text: edited }, leaveMode);
      return;
    }
    sending.send({ jid, text: text.trim(), file, quoted: mode?.message ?? null, voice: null });
    setFile(null);
    setMode(null);
    write('');
  };
  return (
    <>
      <Head session={session} jid={jid} />
      <MessageHistory session={session} jid={jid} history={history} messages={messages} sending={sending}>
        {maySend
          ? message => ({
              onAct: actions.act,
              onReply: () => setMode({ kind: 'reply', message }),
              onEdit: () => {
                setMode({ kind: 'edit', message });
                setText(message.text ?? '');
              }
            })
          : null}
      </MessageHistory>
      {actions.error !== null && <ActionError error={actions.error} onClose={actions.forget} />}
      {maySend && (
        <Composer
          text={text}
          onText={write}
          file={file}
          onFile={setFile}
          mode={writing}
          onLeaveMode={leaveMode}
          onSend={send}
          onVoice={voice => {
            sending.send({ jid, text: '', file: voice.file, quoted: mode?.message ?? null, voice });
            setMode(null);
          }}
        />
      )}
    </>
  );
}

function Head({ session, jid }: { session: string; jid: string }): ReactNode {
  const { t } = useTranslation();
  const edge = useEdge();
  const nameOf = useChatName();
  const chat = useChat(session, jid);
  const { data: group } = useQuery({
    queryKey: ['group', session, jid],
    queryFn: () => edge.get<GroupView>(path`/api/sessions/${session}/store/groups/${jid}`),
    enabled: isGroupChat(jid),
    staleTime: 60_000,
    retry: false
  });
  const name = nameOf(chat ?? { name: null, jid, otherJid: null });
  const phone = phoneIn(jid) ?? (chat?.otherJid ? phoneIn(chat.otherJid) : null);
  const members = group?.group['participants'];
  const about = Array.isArray(members) ? t('chats.members', { count: members.length }) : phone === name ? null : phone;
  return (
    <header className={classes.head}>
      <ActionIcon component={Link} to={`/chats/${session}`} variant="subtle" color="gray" hiddenFrom="sm" aria-label={t('chats.back')}>
        <ArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <ChatAvatar jid={jid} name={name} />
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="h5" lineClamp={1}>
          {name}
        </Title>
        {about !== null && (
          <Text size="xs" c="dimmed" truncate>
            {about}
          </Text>
        )}
      </div>
    </header>
  );
}

function ActionError({ error, onClose }: { error: unknown; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Group className={classes.failed} wrap="nowrap" align="flex-start">
      <div style={{ flex: 1 }}>
        <ErrorNotice error={error} />
      </div>
      <CloseButton aria-label={t('app.close')} onClick={onClose} />
    </Group>
  );
}

/** Returns what the composer shows about the message that the user replies to or edits. */
function useWritingMode(session: string, mode: Mode | null): WritingMode | null {
  const { t } = useTranslation();
  const previewOf = usePreviewText();
  const message = mode?.message ?? null;
  const pushName = message?.message?.['pushName'];
  const known = message?.fromMe === true ? t('chats.you') : typeof pushName === 'string' && pushName !== '' ? pushName : null;
  const name = usePersonName(session, message === null ? null : (message.participant ?? message.chat), known);
  return useMemo(() => {
    if (mode === null) return null;
    const title = mode.kind === 'edit' ? t('chats.editing') : t('chats.replyingTo', { name });
    return { kind: mode.kind, title, text: previewOf({ ...mode.message, fromMe: false }) };
  }, [mode, name, t, previewOf]);
}
