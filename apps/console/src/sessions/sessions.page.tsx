import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useIdle } from '../app/idle.schedule.js';
import { lazyPart } from '../app/lazy-page.js';
import { PageHeader } from '../app/page-header.js';
import { useMay } from '../login/signed-in.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { SessionsList } from './sessions.list.js';
import { useSessions } from './sessions.query.js';

const CreateSessionModal = lazyPart(async () => (await import('./create-session.modal.js')).CreateSessionModal);
const FirstSteps = lazyPart(async () => (await import('../first-steps/first-steps.card.js')).FirstSteps);

/** The sessions with their live states, for one session up to hundreds. */
export function SessionsPage(): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const [creating, { open, close }] = useDisclosure();
  const query = useSessions();
  const { data } = query;
  // The list comes first: the steps need the styles and texts of all pages.
  const isIdle = useIdle(data !== undefined);
  const createButton = mayControl && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
      {t('sessions.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('app.pages.sessions')} text={t('sessions.about')}>
        {data !== undefined && data.length > 0 && createButton}
      </PageHeader>
      {data !== undefined && data.length <= 1 && isIdle && <FirstSteps sessions={data} />}
      <QueryView
        query={query}
        rows={3}
        height={64}
        isEmpty={sessions => sessions.length === 0}
        empty={
          <EmptyNotice icon={Smartphone} title={t('sessions.none')} text={mayControl ? t('sessions.noneHint') : t('sessions.noneForYou')}>
            {createButton}
          </EmptyNotice>
        }
      >
        {sessions => <SessionsList sessions={sessions} />}
      </QueryView>
      {creating && <CreateSessionModal onClose={close} />}
    </>
  );
}
