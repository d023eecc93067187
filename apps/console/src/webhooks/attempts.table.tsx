import { useState, type ReactNode } from 'react';
import { Badge, Button, Card, Code, Table, Text } from '@mantine/core';
import type { AttemptView, WebhookView } from '@wabus/contracts';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { DeliveryModal } from './delivery.modal.js';
import { useAttempts } from './webhooks.query.js';

const COLORS: Record<AttemptView['outcome'], string> = { delivered: 'bus', retry: 'orange', dead: 'red', paused: 'gray' };

/** The latest attempts of a webhook. */
export function AttemptsTable({ webhook, base }: { webhook: WebhookView; base: string }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { data, error } = useAttempts(webhook, base);
  const [shown, setShown] = useState<string | null>(null);
  if (error !== null && data === undefined) return <ErrorNotice error={error} />;
  return (
    <Card withBorder padding={0}>
      {shown !== null && <DeliveryModal webhook={webhook} base={base} delivery={shown} onClose={() => setShown(null)} />}
      {data?.length === 0 && <EmptyNotice icon={Send} title={t('webhooks.noDeliveries')} text={t('webhooks.noDeliveriesHint')} />}
      {data !== undefined && data.length > 0 && (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing="xs" aria-label={t('webhooks.deliveries')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('webhooks.columns.at')}</Table.Th>
                <Table.Th>{t('webhooks.columns.event')}</Table.Th>
                <Table.Th>{t('webhooks.columns.attempt')}</Table.Th>
                <Table.Th>{t('webhooks.columns.outcome')}</Table.Th>
                <Table.Th>{t('webhooks.columns.answer')}</Table.Th>
                <Table.Th aria-label={t('webhooks.delivery')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map(one => (
                <Table.Tr key={`${one.deliveryId} ${one.attempt} ${one.at}`} data-outcome={one.outcome}>
                  <Table.Td>
                    <Text size="sm">{timeText(one.at)}</Text>
                  </Table.Td>
                  <Table.Td>
                    <Code>{one.events > 1 ? t('webhooks.severalEvents', { count: one.events }) : one.event}</Code>
                    <Text size="xs" c="dimmed">
                      {one.session}
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.attempt}</Table.Td>
                  <Table.Td>
                    <Badge variant="light" tt="none" color={COLORS[one.outcome]}>
                      {t(`webhooks.outcomes.${one.outcome}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{one.status === null ? (one.error ?? '–') : `HTTP ${one.status}`}</Text>
                    {one.answer != null && one.answer.body !== '' && (
                      <Code block mah={160} style={{ overflow: 'auto' }}>
                        {one.answer.body}
                      </Code>
                    )}
                    <Text size="xs" c="dimmed">
                      {one.durationMs} ms
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Button size="compact-sm" variant="subtle" onClick={() => setShown(one.deliveryId)}>
                      {t('webhooks.showDelivery')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
