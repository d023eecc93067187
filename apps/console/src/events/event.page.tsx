import type { ReactNode } from 'react';
import { Button, Card } from '@mantine/core';
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { PageTrail } from '../app/page-trail.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { EventViewer } from './event-viewer.js';
import { useEvent } from './event.query.js';

/** The page of one event, which has its own address. */
export function EventLinkPage(): ReactNode {
  const { t } = useTranslation();
  const { session = '', cursor = '' } = useParams();
  const [query] = useSearchParams();
  const asked = useEvent({ session, cursor, at: query.get('at'), event: query.get('event') });
  return (
    <>
      <PageTrail to="/events" list={t('app.pages.events')} here={session} />
      <QueryView query={asked} height={320}>
        {event =>
          event === null ? (
            <EmptyNotice icon={Activity} title={t('events.gone')} text={t('events.goneHint')}>
              <Button component={Link} to="/events" variant="default">
                {t('events.back')}
              </Button>
            </EmptyNotice>
          ) : (
            <>
              <PageHeader title={event.event} />
              <Card withBorder padding="md">
                <EventViewer event={event} alone />
              </Card>
            </>
          )
        }
      </QueryView>
    </>
  );
}
