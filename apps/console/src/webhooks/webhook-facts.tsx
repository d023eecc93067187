import type { ReactNode } from 'react';
import { Alert, Stack, Text } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { FactsCard } from '../notices/facts.card.js';
import { useTimeText } from '../app/time.text.js';

/** The details of a webhook, and the sessions that it cannot deliver for. */
export function WebhookFacts({ webhook }: { webhook: WebhookView }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { url, events, sessions, chats, session, headerNames, bulk, createdAt, createdBy, updatedBy, pauseNote, state } = webhook;
  return (
    <Stack gap="md">
      {pauseNote !== null && webhook.paused !== 'requested' && (
        <Alert color="gray">
          <Text size="sm">{pauseNote}</Text>
        </Alert>
      )}
      {state.refusals !== null && (
        <Alert color="red" title={t('webhooks.refusals', { count: state.refusals.inRow })} data-refusals={state.refusals.inRow}>
          <Text size="sm">{t('webhooks.refusalsHint')}</Text>
        </Alert>
      )}
      {state.failing.map(failing => (
        <Alert
          key={`${failing.session} ${failing.chat}`}
          color="orange"
          title={t('webhooks.failing', { place: [failing.session, failing.chat].filter(Boolean).join(' · '), attempts: failing.attempts })}
        >
          <Text size="sm">{failing.error}</Text>
          <Text size="sm">{t('webhooks.nextAttempt', { at: timeText(failing.nextAttemptAt) })}</Text>
        </Alert>
      ))}
      {state.breaker.state !== 'closed' && (
        <Alert color="red" title={t('webhooks.breaker', { failures: state.breaker.failures })}>
          {state.breaker.until !== null && <Text size="sm">{t('webhooks.nextAttempt', { at: timeText(state.breaker.until) })}</Text>}
        </Alert>
      )}
      <FactsCard
        title={t('webhooks.facts')}
        rows={[
          [t('webhooks.url'), url],
          [t('webhooks.events'), events.join(', ')],
          [t('webhooks.sessions'), sessions === '*' ? t('webhooks.everySession') : sessions.join(', ')],
          [t('webhooks.chats'), chats === '*' ? t('webhooks.everyChat') : chats.join(', ')],
          ...(session === null ? [] : [[t('webhooks.ofSession'), session] as [string, ReactNode]]),
          [t('webhooks.headers'), headerNames.length === 0 ? '–' : headerNames.join(', ')],
          [t('webhooks.bulk'), bulk === null ? '–' : t('webhooks.bulkOf', { events: bulk.maxEvents, ms: bulk.maxWaitMs })],
          [t('webhooks.order'), t(`webhooks.orders.${webhook.order}`)],
          [
            t('webhooks.timeout'),
            webhook.timeoutMs === null ? t('webhooks.timeoutDefault') : t('webhooks.seconds', { count: webhook.timeoutMs / 1_000 })
          ],
          ...rowsOfFormat(webhook, t),
          ...(webhook.previousSecretUntil === null
            ? []
            : [[t('webhooks.previousSecret'), timeText(webhook.previousSecretUntil)] as [string, ReactNode]]),
          [t('webhooks.backlog'), state.backlog.events],
          ...(state.backlog.oldestAt === null ? [] : [[t('webhooks.oldest'), timeText(state.backlog.oldestAt)] as [string, ReactNode]]),
          [t('webhooks.created'), timeText(createdAt)],
          [t('webhooks.createdBy'), createdBy ?? '–'],
          ...(updatedBy === createdBy ? [] : [[t('webhooks.updatedBy'), updatedBy] as [string, ReactNode]]),
          [t('webhooks.edge'), state.edge ?? '–'],
          [t('webhooks.delivered'), state.delivered],
          [t('webhooks.failedAttempts'), state.failedAttempts],
          [t('webhooks.deadLetters'), state.deadLetters]
        ]}
      />
    </Stack>
  );
}

/** Returns rows for the format of the events and its options. */
function rowsOfFormat({ format, extras, formatOptions }: WebhookView, t: TFunction): [string, ReactNode][] {
  const yesOrNo = (value: boolean): string => (value ? t('webhooks.yes') : t('webhooks.no'));
  const rows: [string, ReactNode][] = [[t('webhooks.format'), t(`webhooks.formats.${format}`)]];
  if (format === 'cloud-api') rows.push([t('webhooks.extras'), extras.map(extra => t(`webhooks.extrasOf.${extra}`)).join(', ') || '–']);
  if (formatOptions !== null && (format === 'waha' || format === 'evolution')) {
    const { events, signed, byEvents } = formatOptions;
    rows.push([t('webhooks.peerEvents'), events === '*' ? t('webhooks.everyPeerEvent') : events.join(', ')]);
    rows.push(format === 'waha' ? [t('webhooks.signed'), yesOrNo(signed)] : [t('webhooks.byEvents'), yesOrNo(byEvents)]);
  }
  return rows;
}
