import type { ReactNode } from 'react';
import { Alert, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { RefusalFacts } from './refusal-facts.js';

/** Why a session is not connected, and what happens next. Renders nothing for a session that is connected or was stopped on purpose. */
export function TroubleNotice({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { state, lastDisconnect, reconnectLoopSince } = view.status;
  if (lastDisconnect === null || (state !== 'waiting' && state !== 'failed' && state !== 'logged-out')) return null;
  const { reason, code, message, at, nextAttemptAt } = lastDisconnect;
  return (
    <Alert
      mb="md"
      color={state === 'failed' ? 'red' : 'orange'}
      icon={<TriangleAlert size={18} aria-hidden />}
      title={t('sessions.trouble', { reason: code === null ? reason : `${reason} (${code})`, at: timeText(at) })}
    >
      <Text size="sm">{message}</Text>
      <RefusalFacts view={view} />
      {nextAttemptAt !== null && <Text size="sm">{t('sessions.nextAttempt', { at: timeText(nextAttemptAt) })}</Text>}
      {reconnectLoopSince !== null && <Text size="sm">{t('sessions.looping', { at: timeText(reconnectLoopSince) })}</Text>}
    </Alert>
  );
}
