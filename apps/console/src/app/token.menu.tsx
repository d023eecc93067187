import type { ReactNode } from 'react';
import { ActionIcon } from '@mantine/core';
import { CircleUser } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LateMenu } from '../menus/late.menu.js';
import { withRest } from './rest.loader.js';

const load = withRest(async () => (await import('./token-items.menu.js')).TokenItems);

/** The button that opens the login menu. */
export function TokenMenu(): ReactNode {
  const { t } = useTranslation();
  const button = (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app.account')}>
      <CircleUser size={20} aria-hidden />
    </ActionIcon>
  );
  return <LateMenu button={button} load={load} items={{}} />;
}
