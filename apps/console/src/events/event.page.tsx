import type { ReactNode } from 'react';
import { Button, Card, Skeleton } from '@mantine/core';
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { PageTrail } from '../app/page-trail.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { EventViewer } from './event-viewer.js';
import { useEvent } from './event.query.js';

/** One event at an address of its own. */
export function EventLinkPage(): ReactNode {
  const { t } = useTranslation();
  const { session = '', cursor = '' } = useParams();
  const [query] = useSearchParams();
  const { data, error, refetch } = useEvent({ session, cursor, at: query.get('at'), event: query.get('event') });
  return (
    <>
      <PageTrail to="/events" list={t('app.pages.events')} here={session} />
      {error !== null && data === undefined && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={320} aria-busy />}
      {data === null && (
        <EmptyNotice icon={Activity} title={t('events.gone')} text={t('events.goneHint')}>
          <Button component={Link} to="/events" variant="default">
            {t('events.back')}
          </Button>
        </EmptyNotice>
      )}
      {data && (
        <>
          <PageHeader title={data.event} />
          <Card withBorder padding="md">
            <EventViewer event={data} alone />
          </Card>
        </>
      )}
    </>
  );
}
