import type { ReactNode } from 'react';
import { Alert, Card, Group, Progress, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { activeRestriction, usedShare } from './restriction.policy.js';

/** Whom the account may not write to, and how many of its permitted new chats are used. Renders nothing if WhatsApp has reported neither. */
export function RestrictionNotice({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { newChats } = view.status;
  const restriction = activeRestriction(view.status, Date.now());
  const share = usedShare(view.status);
  return (
    <>
      {restriction !== null && (
        <Alert mb="md" color="orange" icon={<ShieldAlert size={18} aria-hidden />} title={t('sessions.restriction.title')}>
          <Text size="sm">
            {restriction.until === null
              ? t('sessions.restriction.openEnd')
              : t('sessions.restriction.until', { at: timeText(restriction.until) })}
          </Text>
        </Alert>
      )}
      {newChats !== null && newChats !== undefined && share !== null && (
        <Card withBorder padding="sm" mb="md">
          <Group justify="space-between" mb={6}>
            <Text size="sm" fw={600}>
              {t('sessions.restriction.newChats', { used: newChats.used, total: newChats.total })}
            </Text>
            {newChats.cycleEnd !== null && (
              <Text size="sm" c="dimmed">
                {t('sessions.restriction.cycleEnd', { at: timeText(newChats.cycleEnd) })}
              </Text>
            )}
          </Group>
          <Progress value={100 * share} color={share < 0.8 ? 'bus' : 'orange'} aria-label={t('sessions.restriction.label')} />
        </Card>
      )}
    </>
  );
}
