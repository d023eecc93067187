import type { ReactNode } from 'react';
import { Button, Select } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { useSessions } from '../sessions/sessions.query.js';
import { ChatList } from './chat.list.js';
import classes from './chats.module.css';
import { Conversation } from './conversation.js';
import { useChatsLive } from './chats.query.js';

/** The chats of a session: the list, and next to it (on a phone: instead of it) the open chat. */
export function ChatsPage(): ReactNode {
  const { t } = useTranslation();
  const { session, jid } = useParams();
  useDocumentTitle(`${t('app.pages.chats')} · Wabus`);
  return (
    <QueryView query={useSessions()} height={320}>
      {sessions => {
        const linked = sessions.find(({ status }) => status.account !== null);
        const first = linked ?? sessions[0];
        if (first === undefined) {
          return (
            <EmptyNotice icon={MessagesSquare} title={t('chats.noSession')} text={t('chats.noSessionHint')}>
              <Button component={Link} to="/sessions">
                {t('app.back')}
              </Button>
            </EmptyNotice>
          );
        }
        if (session === undefined) return <Navigate to={`/chats/${first.session}`} replace />;
        return <Chats key={session} session={session} jid={jid ?? null} sessions={sessions.map(view => view.session)} />;
      }}
    </QueryView>
  );
}

function Chats({ session, jid, sessions }: { session: string; jid: string | null; sessions: string[] }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useChatsLive(session);
  return (
    <div className={classes.panes} data-open={jid !== null}>
      <h1 className="visually-hidden">{t('app.pages.chats')}</h1>
      <section className={classes.list} aria-label={t('chats.list')}>
        <Select
          p="sm"
          pb={0}
          aria-label={t('chats.session')}
          data={sessions}
          value={session}
          onChange={next => next !== null && void navigate(`/chats/${next}`)}
          allowDeselect={false}
        />
        <ChatList session={session} chosen={jid} />
      </section>
      <section className={classes.conversation} aria-label={t('chats.conversation')}>
        {jid === null ? (
          <EmptyNotice icon={MessagesSquare} title={t('chats.choose')} text={t('chats.chooseHint')} />
        ) : (
          <Conversation key={jid} session={session} jid={jid} />
        )}
      </section>
    </div>
  );
}
