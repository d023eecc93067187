import { lazy, Suspense, useContext, useEffect, useRef, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LiveContext } from '../live/live.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { withRest } from './rest.loader.js';

/**
 * Loads a page from a separate file. If the edge no longer has that file, the edge runs a different version than this page; the component says
 * so and offers to reload.
 */
export function lazyPage<Props extends object = object>(
  load: () => Promise<ComponentType<Props>>
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await withRest(load)() };
    } catch {
      return { default: StalePage };
    }
  });
}

/** Like `lazyPage`, but for a part of a page. Nothing is shown in its place while it is loading. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazyPage(load);
  return props => (
    <Suspense>
      <Part {...props} />
    </Suspense>
  );
}

function StalePage(): ReactNode {
  const { t } = useTranslation();
  const state = useContext(LiveContext)?.state;
  const wasAway = useRef(false);
  // The page can be loaded now that the edge is back.
  useEffect(() => {
    if (state === 'live' && wasAway.current) location.reload();
    wasAway.current = state !== 'live';
  }, [state]);
  return (
    <EmptyNotice icon={RefreshCw} title={t('app.stale')} text={t('app.staleHint')}>
      <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
    </EmptyNotice>
  );
}
