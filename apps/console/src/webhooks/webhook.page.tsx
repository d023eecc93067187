import { useState, type ReactNode } from 'react';
import { Button, Grid, Group, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TestDelivery, WebhookView } from '@wabus/contracts';
import { FlaskConical, KeyRound, Pause, Pencil, Play, Trash2, Webhook } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { PageTrail } from '../app/page-trail.js';
import { confirm } from '../notices/confirm.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { AttemptsTable } from './attempts.table.js';
import { BacklogText } from './backlog.text.js';
import { DeadLettersTable } from './dead-letters.table.js';
import { RotateSecretModal } from './rotate-secret.modal.js';
import { TestNotice } from './test.notice.js';
import { WebhookBadge } from './webhook.badge.js';
import { WebhookFacts } from './webhook-facts.js';
import { webhookName } from './webhook-name.text.js';
import { WebhookModal } from './webhook.modal.js';
import { webhooksPath, useTestDelivery, useWebhookAction, useWebhooks } from './webhooks.query.js';

/** One webhook: its deliveries, its dead letters, and the actions for it. */
export function WebhookPage(): ReactNode {
  const { t } = useTranslation();
  const { id } = useParams();
  const [query] = useSearchParams();
  return (
    <QueryView query={useWebhooks()} height={320}>
      {webhooks => {
        const webhook = webhooks.find(one => one.id === id);
        if (webhook !== undefined) return <KnownWebhook webhook={webhook} path={webhooksPath(query.get('session') ?? webhook.session)} />;
        return (
          <EmptyNotice icon={Webhook} title={t('webhooks.gone')} text={t('webhooks.goneHint')}>
            <Button component={Link} to="/webhooks" variant="default">
              {t('webhooks.back')}
            </Button>
          </EmptyNotice>
        );
      }}
    </QueryView>
  );
}

function KnownWebhook({ webhook, path }: { webhook: WebhookView; path: string }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [editing, { open, close }] = useDisclosure();
  const [rotating, rotation] = useDisclosure();
  const [tested, setTested] = useState<TestDelivery | null>(null);
  const action = useWebhookAction(path, webhook.id);
  const test = useTestDelivery(path, webhook.id);
  const title = webhookName(webhook);
  const remove = (): void =>
    confirm({
      title: t('webhooks.deleteTitle', { name: title }),
      text: t('webhooks.deleteText'),
      action: t('app.delete'),
      dangerous: true,
      onConfirm: () => action.mutate({ method: 'DELETE' }, { onSuccess: () => void navigate('/webhooks') })
    });
  const paused = webhook.paused !== null;
  return (
    <>
      <PageTrail to="/webhooks" list={t('app.pages.webhooks')} here={title} />
      <PageHeader
        title={title}
        text={
          <Group gap="xs">
            <WebhookBadge webhook={webhook} />
            <BacklogText webhook={webhook} />
          </Group>
        }
      >
        <Button
          variant="default"
          leftSection={<FlaskConical size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate({ method: 'POST', below: '/test' }, { onSuccess: setTested })}
        >
          {t('webhooks.test')}
        </Button>
        <Button
          variant="default"
          leftSection={paused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
          loading={action.isPending}
          onClick={() => action.mutate({ method: 'POST', below: paused ? '/resume' : '/pause' })}
        >
          {paused ? t('webhooks.resume') : t('webhooks.pause')}
        </Button>
        <Button variant="default" leftSection={<Pencil size={16} aria-hidden />} onClick={open}>
          {t('webhooks.change')}
        </Button>
        <Button variant="default" leftSection={<KeyRound size={16} aria-hidden />} onClick={rotation.open}>
          {t('webhooks.rotate')}
        </Button>
        <Button variant="default" c="var(--wabus-danger)" leftSection={<Trash2 size={16} aria-hidden />} onClick={remove}>
          {t('app.delete')}
        </Button>
      </PageHeader>
      {tested && <TestNotice tested={tested} onClose={() => setTested(null)} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <WebhookFacts webhook={webhook} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Tabs defaultValue="deliveries">
            <Tabs.List mb="sm">
              <Tabs.Tab value="deliveries">{t('webhooks.deliveries')}</Tabs.Tab>
              <Tabs.Tab value="dead">
                <Group gap={6}>{t('webhooks.dead', { count: webhook.state.deadLetters })}</Group>
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="deliveries">
              <AttemptsTable webhook={webhook} base={path} />
            </Tabs.Panel>
            <Tabs.Panel value="dead">
              <DeadLettersTable webhook={webhook} base={path} />
            </Tabs.Panel>
          </Tabs>
        </Grid.Col>
      </Grid>
      {rotating && <RotateSecretModal webhook={webhook} base={path} onClose={rotation.close} />}
      {editing && <WebhookModal webhook={webhook} onClose={close} />}
    </>
  );
}
