import { useState, type ReactNode } from 'react';
import { Button, Card, Code, Group, Table, Text } from '@mantine/core';
import type { DeadLetterView, WebhookView } from '@wabus/contracts';
import { MailCheck, Redo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../app/wide-table.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { ExactTime } from '../times/exact-time.js';
import { DeliveryModal } from './delivery.modal.js';
import classes from './webhooks.module.css';
import { useDeadLetters, useWebhookAction } from './webhooks.query.js';

/** The dead letters of a webhook, which can be redriven. */
export function DeadLettersTable({ webhook, base }: { webhook: WebhookView; base: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <QueryView
      query={useDeadLetters(webhook, base)}
      isEmpty={letters => letters.length === 0}
      empty={
        <Card withBorder padding={0}>
          <EmptyNotice icon={MailCheck} title={t('webhooks.noDead')} text={t('webhooks.noDeadHint')} />
        </Card>
      }
    >
      {letters => <KnownLetters webhook={webhook} base={base} letters={letters} />}
    </QueryView>
  );
}

interface KnownLettersProps {
  readonly webhook: WebhookView;
  readonly base: string;
  readonly letters: readonly DeadLetterView[];
}

function KnownLetters({ webhook, base, letters }: KnownLettersProps): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const redrive = useWebhookAction<{ redriving: number }>(base, webhook.id);
  const go = (below: string): void =>
    redrive.mutate({ method: 'POST', below }, { onSuccess: ({ redriving }) => notifyDone(t('webhooks.redriving', { count: redriving })) });
  return (
    <Card withBorder padding={0}>
      {shown !== null && <DeliveryModal webhook={webhook} base={base} delivery={shown} onClose={() => setShown(null)} />}
      <Group justify="flex-end" p="sm">
        <Button leftSection={<Redo2 size={16} aria-hidden />} loading={redrive.isPending} onClick={() => go('/dead-letters/redrive')}>
          {t('webhooks.redriveAll')}
        </Button>
      </Group>
      <WideTable label={t('webhooks.deadLetters')} minWidth={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('webhooks.columns.at')}</Table.Th>
            <Table.Th>{t('webhooks.columns.event')}</Table.Th>
            <Table.Th>{t('webhooks.columns.why')}</Table.Th>
            <Table.Th aria-label={t('webhooks.redrive')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {letters.map(letter => (
            <LetterRow
              key={letter.id}
              letter={letter}
              onShow={() => setShown(letter.deliveryId)}
              onRedrive={() => go(`/dead-letters/${letter.id}/redrive`)}
            />
          ))}
        </Table.Tbody>
      </WideTable>
    </Card>
  );
}

interface LetterRowProps {
  readonly letter: DeadLetterView;
  readonly onShow: () => void;
  readonly onRedrive: () => void;
}

function LetterRow({ letter, onShow, onRedrive }: LetterRowProps): ReactNode {
  const { t } = useTranslation();
  const { event, session, attempts, status, error, redriving } = letter;
  return (
    <Table.Tr data-letter={letter.id}>
      <Table.Td>
        <ExactTime at={letter.at} />
      </Table.Td>
      <Table.Td>
        <Code>{event}</Code>
        <Text size="xs" c="dimmed">
          {session}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{status === null ? error : `HTTP ${status}`}</Text>
        <Text size="xs" c="dimmed">
          {t('webhooks.attempts', { count: attempts })}
        </Text>
      </Table.Td>
      <Table.Td className={classes.tight}>
        <Button size="compact-sm" variant="subtle" onClick={onShow}>
          {t('webhooks.showDelivery')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={redriving} onClick={onRedrive}>
          {redriving ? t('webhooks.underWay') : t('webhooks.redrive')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
