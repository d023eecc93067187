import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FeedState } from './event.feed.js';
import { useLive } from './live.context.js';

const COLORS: Record<FeedState, string> = { connecting: 'gray', live: 'bus', offline: 'orange', refused: 'gray' };

/** Shows whether the page is live. */
export function LiveBadge(): ReactNode {
  const { t } = useTranslation();
  const { state } = useLive();
  const label = t(`app.live.${state}`);
  return (
    <Badge variant="dot" color={COLORS[state]} size="lg" tt="none" fw={500} role="status" title={t('app.liveHint')} data-live={state}>
      {label}
    </Badge>
  );
}
