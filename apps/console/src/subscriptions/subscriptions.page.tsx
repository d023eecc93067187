import type { ReactNode } from 'react';
import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import type { SubscriptionView } from '@wabus/contracts';
import { Inbox } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { SnippetsView } from '../snippets/snippets.view.js';
import { SubscriptionBadge } from './subscription.badge.js';
import { useSubscriptions } from './subscriptions.query.js';

/** The durable subscriptions and their backlogs. */
export function SubscriptionsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('app.pages.subscriptions')} text={t('subscriptions.about')} />
      <QueryView
        query={useSubscriptions()}
        isEmpty={subscriptions => subscriptions.length === 0}
        empty={
          <>
            <EmptyNotice icon={Inbox} title={t('subscriptions.none')} text={t('subscriptions.noneHint')} />
            <SnippetsView label={t('subscriptions.howTo')} snippets={[{ name: 'SDK', code: sdkSnippet(location.origin) }]} />
          </>
        }
      >
        {subscriptions => (
          <Stack gap="md">
            {subscriptions.map(subscription => (
              <SubscriptionCard key={subscription.name} subscription={subscription} />
            ))}
          </Stack>
        )}
      </QueryView>
    </>
  );
}

function SubscriptionCard({ subscription }: { subscription: SubscriptionView }): ReactNode {
  const { t } = useTranslation();
  const { name, events, sessions, waiting, underWay, deadLetters } = subscription;
  return (
    <Card withBorder padding="md" data-subscription={name}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 18rem' }}>
          <Anchor component={Link} to={`/subscriptions/${name}`} fw={600} c="inherit" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {events.join(', ')} · {sessions === '*' ? t('subscriptions.everySession') : sessions.join(', ')}
          </Text>
        </div>
        <Stack gap={4} align="flex-start">
          <SubscriptionBadge subscription={subscription} />
          <Text size="xs" c="dimmed">
            {t('subscriptions.numbers', { waiting, underWay, dead: deadLetters })}
          </Text>
        </Stack>
      </Group>
    </Card>
  );
}

function sdkSnippet(origin: string): string {
  return [
    "import { WabusClient } from '@wabus/sdk';",
    '',
    `const client = new WabusClient({ url: '${origin}', token: process.env.WABUS_TOKEN });`,
    "await client.durable('orders', { events: ['messages.upsert'] }, async event => {",
    '  // Returning acknowledges the event.',
    '  // If the handler throws, the event is delivered again.',
    '  console.log(event.session, event.data);',
    '});'
  ].join('\n');
}
