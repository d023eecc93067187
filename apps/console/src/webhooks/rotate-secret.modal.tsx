import { useState, type ReactNode } from 'react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { DialogModal } from '../notices/dialog.modal.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { SecretModal } from '../notices/secret.modal.js';
import { randomSecret } from './webhook-headers.codec.js';
import { webhookName } from './webhook-name.text.js';
import { useChangeWebhook } from './webhooks.query.js';

interface RotateSecretModalProps {
  readonly webhook: WebhookView;
  readonly base: string;
  readonly onClose: () => void;
}

/** Gives a webhook a new secret and shows it once. If the user enters none, the page generates it. */
export function RotateSecretModal({ webhook, base, onClose }: RotateSecretModalProps): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const [own, setOwn] = useState('');
  const [rotated, setRotated] = useState<{ secret: string; until: string | null } | null>(null);
  const change = useChangeWebhook(base, webhook.id);
  const rotate = (): void => {
    const secret = own.trim() === '' ? randomSecret() : own.trim();
    change.mutate({ secret }, { onSuccess: ({ previousSecretUntil }) => setRotated({ secret, until: previousSecretUntil }) });
  };
  // Closing the dialog before the edge has responded would lose the new secret.
  const close = (): void => {
    if (!change.isPending) onClose();
  };
  if (rotated !== null) {
    const { secret, until } = rotated;
    const text = [t('webhooks.secretHint'), until === null ? '' : t('webhooks.rotated', { at: timeText(until) })].join(' ').trim();
    return <SecretModal title={t('webhooks.secretTitle')} text={text} secret={secret} onClose={onClose} />;
  }
  return (
    <DialogModal onClose={close} title={t('webhooks.rotateTitle', { name: webhookName(webhook) })}>
      <form
        onSubmit={submitted => {
          submitted.preventDefault();
          rotate();
        }}
      >
        <Stack>
          {change.error !== null && <ErrorNotice error={change.error} />}
          <Text size="sm">{t('webhooks.rotateText')}</Text>
          <TextInput
            label={t('webhooks.ownSecret')}
            description={t('webhooks.ownSecretHint')}
            value={own}
            onChange={({ currentTarget }) => setOwn(currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} disabled={change.isPending}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={change.isPending} data-autofocus>
              {t('webhooks.rotate')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogModal>
  );
}
