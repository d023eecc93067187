import type { ReactNode } from 'react';
import { Anchor } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { documentAddress, type DocumentName } from './document.table.js';
import { useVersion } from './version.query.js';

/** A link that opens a document in a new tab. */
export function DocumentLink({ name, text }: { name: DocumentName; text?: string }): ReactNode {
  const { t } = useTranslation();
  const version = useVersion();
  return (
    <Anchor href={documentAddress(name, version)} target="_blank" rel="noreferrer noopener" size="sm" data-document={name}>
      {text ?? t('app.documentation')} <ExternalLink size={13} aria-hidden />
    </Anchor>
  );
}
