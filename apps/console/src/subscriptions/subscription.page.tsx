import type { ReactNode } from 'react';
import { Button, Grid } from '@mantine/core';
import type { SubscriptionView } from '@wabus/contracts';
import { Inbox, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { PageTrail } from '../app/page-trail.js';
import { confirm } from '../notices/confirm.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { FactsCard } from '../notices/facts.card.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { ExactTime } from '../times/exact-time.js';
import { LettersTable } from './letters.table.js';
import { SubscriptionBadge } from './subscription.badge.js';
import { useRemoveSubscription, useSubscriptionLetters, useSubscriptions } from './subscriptions.query.js';

/** One durable subscription with its dead letters. */
export function SubscriptionPage(): ReactNode {
  const { t } = useTranslation();
  const { name } = useParams();
  return (
    <QueryView query={useSubscriptions()} height={320}>
      {subscriptions => {
        const subscription = subscriptions.find(one => one.name === name);
        if (subscription !== undefined) return <KnownSubscription subscription={subscription} />;
        return (
          <EmptyNotice icon={Inbox} title={t('subscriptions.gone')} text={t('subscriptions.goneHint')}>
            <Button component={Link} to="/subscriptions" variant="default">
              {t('subscriptions.back')}
            </Button>
          </EmptyNotice>
        );
      }}
    </QueryView>
  );
}

function KnownSubscription({ subscription }: { subscription: SubscriptionView }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useRemoveSubscription(subscription.name);
  const { data } = useSubscriptionLetters(subscription.name);
  const { name, events, sessions, waiting, underWay, deadLetters, ackWaitMs, maxInFlight, maxDeliveries, createdAt, createdBy } =
    subscription;
  const oldest = data?.pages[0]?.deadLetters[0];
  const ask = (): void =>
    confirm({
      title: t('subscriptions.deleteTitle', { name }),
      text: t('subscriptions.deleteText'),
      action: t('app.delete'),
      dangerous: true,
      onConfirm: () =>
        remove.mutate(undefined, {
          onSuccess: () => {
            notifyDone(t('subscriptions.deleted'));
            void navigate('/subscriptions');
          }
        })
    });
  return (
    <>
      <PageTrail to="/subscriptions" list={t('app.pages.subscriptions')} here={name} />
      <PageHeader title={name} text={<SubscriptionBadge subscription={subscription} />}>
        <Button
          variant="default"
          c="var(--wabus-danger)"
          leftSection={<Trash2 size={16} aria-hidden />}
          loading={remove.isPending}
          onClick={ask}
        >
          {t('app.delete')}
        </Button>
      </PageHeader>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <FactsCard
            title={t('subscriptions.facts')}
            rows={[
              [t('subscriptions.events'), events.join(', ')],
              [t('subscriptions.sessions'), sessions === '*' ? t('subscriptions.everySession') : sessions.join(', ')],
              [t('subscriptions.waiting'), waiting],
              [t('subscriptions.underWay'), underWay],
              [t('subscriptions.deadLetters'), deadLetters],
              ...(oldest === undefined
                ? []
                : [[t('subscriptions.oldestDead'), <ExactTime key="oldest" at={oldest.event.at} />] as [string, ReactNode]]),
              [t('subscriptions.ackWait'), t('subscriptions.seconds', { count: ackWaitMs / 1_000 })],
              [t('subscriptions.maxInFlight'), maxInFlight],
              [t('subscriptions.maxDeliveries'), maxDeliveries],
              [t('subscriptions.created'), <ExactTime key="created" at={createdAt} />],
              [t('subscriptions.createdBy'), createdBy ?? '–']
            ]}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <LettersTable name={name} />
        </Grid.Col>
      </Grid>
    </>
  );
}
