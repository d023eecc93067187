import { lazy, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyNotice } from '../notices/empty.notice.js';

/** A page in a file of its own. When the edge no longer has that file, it has another version than this page: it says so and offers to reload. */
export function lazyPage(load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch {
      return { default: StalePage };
    }
  });
}

function StalePage(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyNotice icon={RefreshCw} title={t('app.stale')} text={t('app.staleHint')}>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </EmptyNotice>
  );
}
