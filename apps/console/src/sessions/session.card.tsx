import type { ReactNode } from 'react';
import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { QrCode } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { phoneOf } from '../chats/jid.text.js';
import { SessionActions } from './session-actions.js';
import { StateBadge } from './state.badge.js';

/** A session in the list. */
export function SessionCard({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const { account, counters, state, lastDisconnect } = view.status;
  return (
    <Card withBorder padding="md" data-session={view.session}>
      <Stack gap="sm" h="100%" justify="space-between">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Anchor component={Link} to={`/sessions/${view.session}`} fw={650} size="lg" truncate display="block" c="inherit">
              {view.session}
            </Anchor>
            <Text size="sm" c="dimmed" truncate>
              {account === null ? t('sessions.notLinked') : [account.name, phoneOf(account.id)].filter(Boolean).join(' · ')}
            </Text>
          </div>
          <StateBadge view={view} />
        </Group>
        {state === 'pairing' && (
          <Anchor component={Link} to={`/sessions/${view.session}`} size="sm">
            <Group gap={6} component="span">
              <QrCode size={15} aria-hidden />
              {t('sessions.scan')}
            </Group>
          </Anchor>
        )}
        {lastDisconnect !== null && state !== 'open' && state !== 'pairing' && (
          <Text size="sm" lineClamp={2}>
            {lastDisconnect.message}
          </Text>
        )}
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('sessions.traffic', { received: counters.messagesIn, sent: counters.messagesOut })}
          </Text>
          <SessionActions view={view} />
        </Group>
      </Stack>
    </Card>
  );
}
