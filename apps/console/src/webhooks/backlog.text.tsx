import type { ReactNode } from 'react';
import { Text } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { relativeTime } from '../times/exact-time.text.js';

/** The number of events that wait for the endpoint, and since when the oldest one has waited. Renders nothing without a backlog. */
export function BacklogText({ webhook }: { webhook: WebhookView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { events, oldestAt } = webhook.state.backlog;
  if (events === 0) return null;
  return (
    <Text size="sm" fw={500} c="var(--mantine-color-text)" data-backlog={events}>
      {t('webhooks.behind', { count: events })}
      {oldestAt !== null && ` · ${t('webhooks.behindSince', { at: relativeTime(oldestAt, i18n.language) })}`}
    </Text>
  );
}
