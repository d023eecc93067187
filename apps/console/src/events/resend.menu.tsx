import { useState, type ReactNode } from 'react';
import { Button, Menu } from '@mantine/core';
import type { TestDelivery } from '@wabus/contracts';
import type { AnyEvent } from '@wabus/sdk';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyError } from '../notices/notify.js';
import { webhookName } from '../webhooks/webhook-name.text.js';
import { useDeliveriesOfEvent, useRetryDelivery } from '../webhooks/event-deliveries.query.js';

/** Sends an event again to a webhook to which it was recently delivered, successfully or not. */
export function ResendMenu({ event }: { event: AnyEvent }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = useDeliveriesOfEvent(event, open);
  const retry = useRetryDelivery();
  const report = ({ delivered, status, error }: TestDelivery): void =>
    delivered ? notifyDone(t('events.resent', { status })) : notifyError(new Error(error ?? `HTTP ${status}`));
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Send size={14} aria-hidden />} loading={retry.isPending}>
          {t('events.resend')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data === undefined && <Menu.Item disabled>{t('app.loading')}</Menu.Item>}
        {data?.length === 0 && <Menu.Item disabled>{t('events.noDelivery')}</Menu.Item>}
        {data?.map(delivery => (
          <Menu.Item key={delivery.deliveryId} onClick={() => retry.mutate(delivery, { onSuccess: report, onError: notifyError })}>
            {webhookName(delivery.webhook)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
