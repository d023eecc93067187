import type { ReactNode } from 'react';
import { Badge, Loader } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { STATE_LOOKS } from './session-state.table.js';

/** The state of a session as one word. */
export function StateBadge({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const { state } = view.status;
  const deleting = view.desired === 'deleted';
  const { color, moving } = STATE_LOOKS[state];
  return (
    <Badge
      variant="light"
      color={deleting ? 'red' : color}
      tt="none"
      size="lg"
      miw="max-content"
      data-state={state}
      leftSection={moving || deleting ? <Loader size={10} color="currentColor" aria-hidden /> : null}
    >
      {deleting ? t('sessions.deleting') : t(`sessions.states.${state}`)}
    </Badge>
  );
}
