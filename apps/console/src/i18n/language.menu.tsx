import type { ReactNode } from 'react';
import { ActionIcon } from '@mantine/core';
import { Languages } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { withRest } from '../app/rest.loader.js';
import { LateMenu } from '../menus/late.menu.js';

const load = withRest(async () => (await import('./language-items.menu.js')).LanguageItems);

/** The button that opens the language menu. */
export function LanguageMenu(): ReactNode {
  const { t } = useTranslation();
  const label = t('language.choose');
  const button = (
    <ActionIcon variant="subtle" color="gray" size="lg" title={label} aria-label={label}>
      <Languages size={18} aria-hidden />
    </ActionIcon>
  );
  return <LateMenu button={button} load={load} items={{}} />;
}
