import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';
import type { SubscriptionView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { stateOf } from './subscription-state.policy.js';

const COLORS = { dead: 'red', waiting: 'yellow', working: 'bus', idle: 'bus' } as const;

/** The state of a subscription. */
export function SubscriptionBadge({ subscription }: { subscription: SubscriptionView }): ReactNode {
  const { t } = useTranslation();
  const state = stateOf(subscription);
  return (
    <Badge
      variant="light"
      tt="none"
      size="lg"
      color={COLORS[state]}
      maw="none"
      data-subscription-state={state}
      title={t('subscriptions.stateHint')}
    >
      {t(`subscriptions.state.${state}`)}
    </Badge>
  );
}
