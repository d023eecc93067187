import { useState, type ReactNode } from 'react';
import { Button, Card, Code, Group, SegmentedControl, Table, Text } from '@mantine/core';
import type { AttemptView, WebhookView } from '@wabus/contracts';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../app/wide-table.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { ExactTime } from '../times/exact-time.js';
import { ATTEMPT_FILTERS, isShown, type AttemptFilter } from './attempt-buckets.policy.js';
import { AttemptsChart } from './attempts-chart.js';
import { DeliveryModal } from './delivery.modal.js';
import { OutcomeBadge } from './outcome.badge.js';
import classes from './webhooks.module.css';
import { useAttempts } from './webhooks.query.js';

/** The latest attempts of a webhook. */
export function AttemptsTable({ webhook, base }: { webhook: WebhookView; base: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <QueryView
      query={useAttempts(webhook, base)}
      isEmpty={attempts => attempts.length === 0}
      empty={
        <Card withBorder padding={0}>
          <EmptyNotice icon={Send} title={t('webhooks.noDeliveries')} text={t('webhooks.noDeliveriesHint')} />
        </Card>
      }
    >
      {attempts => <KnownAttempts webhook={webhook} base={base} attempts={attempts} />}
    </QueryView>
  );
}

interface KnownAttemptsProps {
  readonly webhook: WebhookView;
  readonly base: string;
  readonly attempts: readonly AttemptView[];
}

function KnownAttempts({ webhook, base, attempts }: KnownAttemptsProps): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const [filter, setFilter] = useState<AttemptFilter>('all');
  const chosen = attempts.filter(one => isShown(one, filter));
  return (
    <Card withBorder padding={0}>
      {shown !== null && <DeliveryModal webhook={webhook} base={base} delivery={shown} onClose={() => setShown(null)} />}
      <AttemptsChart attempts={attempts} />
      <Group justify="space-between" px="md" pb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('webhooks.filter')}
          data={ATTEMPT_FILTERS.map(value => ({ value, label: t(`webhooks.filters.${value}`) }))}
          value={filter}
          onChange={setFilter}
        />
        <Text size="xs" c="dimmed">
          {t('webhooks.latest', { count: chosen.length })}
        </Text>
      </Group>
      <WideTable label={t('webhooks.deliveries')} minWidth={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('webhooks.columns.at')}</Table.Th>
            <Table.Th>{t('webhooks.columns.event')}</Table.Th>
            <Table.Th>{t('webhooks.columns.outcome')}</Table.Th>
            <Table.Th>{t('webhooks.columns.answer')}</Table.Th>
            <Table.Th aria-label={t('webhooks.delivery')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {chosen.map(one => (
            <AttemptRow key={`${one.deliveryId} ${one.attempt} ${one.at}`} attempt={one} onShow={setShown} />
          ))}
        </Table.Tbody>
      </WideTable>
    </Card>
  );
}

function AttemptRow({ attempt: one, onShow }: { attempt: AttemptView; onShow: (delivery: string) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Table.Tr data-outcome={one.outcome}>
      <Table.Td className={classes.tight}>
        <Text size="sm">
          <ExactTime at={one.at} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Code>{one.events > 1 ? t('webhooks.severalEvents', { count: one.events }) : one.event}</Code>
        <Text size="xs" c="dimmed">
          {one.session}
        </Text>
      </Table.Td>
      <Table.Td className={classes.tight}>
        <OutcomeBadge outcome={one.outcome} />
        <Text size="xs" c="dimmed">
          {t('webhooks.attemptOf', { count: one.attempt })} · {one.durationMs} ms
        </Text>
      </Table.Td>
      <Table.Td miw="8.5rem">
        <Text size="sm">{one.status === null ? (one.error ?? '–') : `HTTP ${one.status}`}</Text>
        {one.answer != null && one.answer.body !== '' && (
          <Text size="xs" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
            {one.answer.body}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.tight}>
        <Button size="compact-sm" variant="subtle" onClick={() => onShow(one.deliveryId)}>
          {t('webhooks.showDelivery')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
