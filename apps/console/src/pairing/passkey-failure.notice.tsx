import type { ReactNode } from 'react';
import { Alert, Text } from '@mantine/core';
import type { PasskeyError } from '@wabus/contracts';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Why a passkey link failed, and what to do. */
export function PasskeyFailureNotice({ error, onClose }: { error: PasskeyError; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { reason, statusCode } = error;
  return (
    <Alert
      mb="md"
      color="red"
      icon={<CircleAlert size={18} aria-hidden />}
      title={t('pairing.passkey.failed')}
      withCloseButton
      closeButtonLabel={t('app.close')}
      onClose={onClose}
      role="alert"
      data-passkey-failure={reason}
    >
      <Text size="sm">{t(`pairing.passkey.failures.${reason}.happened`)}</Text>
      {statusCode !== null && <Text size="sm">{t('pairing.passkey.refusal', { statusCode })}</Text>}
      <Text size="sm">{t(`pairing.passkey.failures.${reason}.remedy`)}</Text>
    </Alert>
  );
}
