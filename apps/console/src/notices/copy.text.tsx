import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyToClipboard } from './clipboard.js';
import { notifyNotCopied } from './notify.js';

const CONFIRMED_MS = 2_000;

/** A button that copies a text. */
export function CopyText({ text }: { text: string }): ReactNode {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    if (await copyToClipboard(text)) setCopied(true);
    else notifyNotCopied();
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button variant="default" size="compact-sm" leftSection={<Icon size={14} aria-hidden />} onClick={() => void copy()}>
      {copied ? t('app.copied') : t('app.copy')}
    </Button>
  );
}
