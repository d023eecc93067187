import { useState, type ReactNode } from 'react';
import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { CreatedWebhook, WebhookView } from '@wabus/contracts';
import { Plus, Webhook } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { SecretModal } from '../notices/secret.modal.js';
import { BacklogText } from './backlog.text.js';
import { WebhookBadge } from './webhook.badge.js';
import { WebhookModal } from './webhook.modal.js';
import { useWebhooks } from './webhooks.query.js';

/** The webhooks with their states. */
export function WebhooksPage(): ReactNode {
  const { t } = useTranslation();
  const query = useWebhooks();
  const [creating, { open, close }] = useDisclosure();
  const [created, setCreated] = useState<CreatedWebhook | null>(null);
  const createButton = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
      {t('webhooks.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('app.pages.webhooks')} text={t('webhooks.about')}>
        {query.data !== undefined && query.data.length > 0 && createButton}
      </PageHeader>
      <QueryView
        query={query}
        isEmpty={webhooks => webhooks.length === 0}
        empty={
          <EmptyNotice icon={Webhook} title={t('webhooks.none')} text={t('webhooks.noneHint')}>
            {createButton}
          </EmptyNotice>
        }
      >
        {webhooks => (
          <Stack gap="md">
            {webhooks.map(webhook => (
              <WebhookCard key={webhook.id} webhook={webhook} />
            ))}
          </Stack>
        )}
      </QueryView>
      {creating && <WebhookModal onClose={close} onCreated={setCreated} />}
      {created && (
        <SecretModal
          title={t('webhooks.secretTitle')}
          text={t('webhooks.secretHint')}
          secret={created.secret}
          onClose={() => setCreated(null)}
        />
      )}
    </>
  );
}

function WebhookCard({ webhook }: { webhook: WebhookView }): ReactNode {
  const { t } = useTranslation();
  const { id, url, description, events, state, sessions } = webhook;
  return (
    <Card withBorder padding="md" data-webhook={id}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 18rem' }}>
          <Anchor component={Link} to={addressOf(webhook)} fw={600} c="inherit" style={{ overflowWrap: 'anywhere' }}>
            {description === null || description === '' ? url : description}
          </Anchor>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
          <Text size="sm" c="dimmed">
            {events.join(', ')} · {sessions === '*' ? t('webhooks.everySession') : sessions.join(', ')}
          </Text>
        </div>
        <Stack gap={4} align="flex-start">
          <WebhookBadge webhook={webhook} />
          <BacklogText webhook={webhook} />
          <Text size="xs" c="dimmed">
            {t('webhooks.numbers', { delivered: state.delivered, failed: state.failedAttempts, dead: state.deadLetters })}
          </Text>
        </Stack>
      </Group>
    </Card>
  );
}

/** Returns the address of a webhook's page. */
function addressOf({ id, session }: WebhookView): string {
  return session === null ? `/webhooks/${id}` : `/webhooks/${id}?session=${encodeURIComponent(session)}`;
}
