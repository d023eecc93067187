import type { ReactNode } from 'react';
import { Alert, Text } from '@mantine/core';
import type { TestDelivery } from '@wabus/contracts';
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** The outcome of a test delivery. */
export function TestNotice({ tested, onClose }: { tested: TestDelivery; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { delivered, status, error, durationMs } = tested;
  const Icon = delivered ? CircleCheck : CircleX;
  return (
    <Alert
      mb="md"
      color={delivered ? 'bus' : 'red'}
      icon={<Icon size={18} aria-hidden />}
      title={delivered ? t('webhooks.testDelivered') : t('webhooks.testFailed')}
      withCloseButton
      closeButtonLabel={t('app.close')}
      onClose={onClose}
      role="status"
      data-test={delivered ? 'delivered' : 'failed'}
    >
      <Text size="sm">
        {[status === null ? null : `HTTP ${status}`, error, `${durationMs} ms`].filter(part => part !== null).join(' · ')}
      </Text>
    </Alert>
  );
}
