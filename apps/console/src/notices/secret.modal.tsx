import type { ReactNode } from 'react';
import { Alert, Button, Code, Group, Stack } from '@mantine/core';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy.text.js';
import { DialogModal } from './dialog.modal.js';

interface SecretModalProps {
  readonly title: string;
  readonly text: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** Shows a secret, which the edge returns only once. The dialog closes only with its button, so that a stray click does not lose the secret. */
export function SecretModal({ title, text, secret, onClose }: SecretModalProps): ReactNode {
  const { t } = useTranslation();
  return (
    <DialogModal onClose={onClose} title={title} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack>
        <Alert color="yellow" icon={<ShieldAlert size={18} aria-hidden />}>
          {text}
        </Alert>
        <Code block data-secret style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {secret}
        </Code>
        <Group justify="space-between">
          <CopyText text={secret} />
          <Button onClick={onClose} data-autofocus>
            {t('notices.kept')}
          </Button>
        </Group>
      </Stack>
    </DialogModal>
  );
}
