import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';
import type { AttemptView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';

const COLORS: Record<AttemptView['outcome'], string> = { delivered: 'bus', retry: 'orange', dead: 'red', paused: 'gray' };

/** The outcome of an attempt as one word, which is never truncated. */
export function OutcomeBadge({ outcome }: Pick<AttemptView, 'outcome'>): ReactNode {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={COLORS[outcome]} miw="max-content">
      {t(`webhooks.outcomes.${outcome}`)}
    </Badge>
  );
}
