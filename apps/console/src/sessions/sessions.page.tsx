import type { ReactNode } from 'react';
import { Button, SimpleGrid, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../app/page-header.js';
import { useMay } from '../login/signed-in.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { CreateSessionModal } from './create-session.modal.js';
import { SessionCard } from './session.card.js';
import { useSessions } from './sessions.query.js';

/** The sessions with their live states. */
export function SessionsPage(): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const [creating, { open, close }] = useDisclosure();
  const { data, error, refetch } = useSessions();
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
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.length === 0 && (
        <EmptyNotice icon={Smartphone} title={t('sessions.none')} text={mayControl ? t('sessions.noneHint') : t('sessions.noneForYou')}>
          {createButton}
        </EmptyNotice>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
        {data?.map(view => (
          <SessionCard key={view.session} view={view} />
        ))}
      </SimpleGrid>
      <CreateSessionModal opened={creating} onClose={close} />
    </>
  );
}

function Loading(): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} aria-busy>
      {['a', 'b', 'c'].map(key => (
        <Skeleton key={key} height={150} />
      ))}
    </SimpleGrid>
  );
}
