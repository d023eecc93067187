import { useState, type ReactNode } from 'react';
import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import type { TestDelivery, WebhookView } from '@wabus/contracts';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../notices/error.notice.js';
import { TestNotice } from './test.notice.js';
import { useDelivery, useWebhookAction } from './webhooks.query.js';

interface DeliveryModalProps {
  readonly webhook: WebhookView;
  readonly base: string;
  /** The id of the delivery. */
  readonly delivery: string;
  readonly onClose: () => void;
}

/** What was sent in one delivery; it can be sent again. */
export function DeliveryModal({ webhook, base, delivery, onClose }: DeliveryModalProps): ReactNode {
  const { t } = useTranslation();
  const { data, error } = useDelivery(webhook, base, delivery);
  const retry = useWebhookAction<TestDelivery>(base, webhook.id);
  const [sent, setSent] = useState<TestDelivery | null>(null);
  const body = data?.requestBody;
  return (
    <Modal opened onClose={onClose} size="lg" title={t('webhooks.delivery')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Stack>
        {sent !== null && <TestNotice tested={sent} onClose={() => setSent(null)} />}
        {error !== null && <ErrorNotice error={error} />}
        {body === null && <Text c="dimmed">{t('webhooks.bodyGone')}</Text>}
        {typeof body === 'string' && (
          <Code block mah={360} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} data-body>
            {data?.cut === true ? `${body}…` : body}
          </Code>
        )}
        <Group justify="flex-end">
          <Button
            leftSection={<Send size={16} aria-hidden />}
            loading={retry.isPending}
            disabled={typeof body !== 'string'}
            onClick={() => retry.mutate({ method: 'POST', below: `/deliveries/${delivery}/retry` }, { onSuccess: setSent })}
          >
            {t('webhooks.sendAgain')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
