import type { ReactNode } from 'react';
import { Badge } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';

/** The state of a webhook as one word: the worst one that applies. */
export function WebhookBadge({ webhook }: { webhook: WebhookView }): ReactNode {
  const { t } = useTranslation();
  const state = stateOf(webhook);
  const colors = { paused: 'gray', refusing: 'red', broken: 'red', failing: 'orange', waiting: 'yellow', delivering: 'bus' } as const;
  return (
    <Badge variant="light" tt="none" size="lg" color={colors[state]} maw="none" style={{ flex: 'none' }} data-webhook-state={state}>
      {state === 'paused' && webhook.paused !== 'requested'
        ? t(`webhooks.pausedBecause.${webhook.paused ?? 'requested'}`)
        : t(`webhooks.states.${state}`)}
    </Badge>
  );
}

function stateOf({ paused, state }: WebhookView): 'paused' | 'refusing' | 'broken' | 'failing' | 'waiting' | 'delivering' {
  if (paused !== null) return 'paused';
  if (state.condition === 'refusing') return 'refusing';
  if (state.breaker.state !== 'closed') return 'broken';
  if (state.failing.length > 0) return 'failing';
  return state.edge === null ? 'waiting' : 'delivering';
}
