import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** A button that copies a text. */
export function CopyText({ text }: { text: string }): ReactNode {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard();
  const Icon = copied ? Check : Copy;
  return (
    <Button variant="default" size="compact-sm" leftSection={<Icon size={14} aria-hidden />} onClick={() => copy(text)}>
      {copied ? t('app.copied') : t('app.copy')}
    </Button>
  );
}
