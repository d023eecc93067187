import type { ReactNode } from 'react';
import { Anchor, Badge, Table } from '@mantine/core';
import type { OwnedSessionView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTimeText } from '../app/time.text.js';
import { WideTable } from '../app/wide-table.js';
import { STATE_LOOKS } from '../sessions/session-state.table.js';

/** Sessions with their states, and the epoch and time of each state. */
export function OwnedSessionsTable({ label, sessions }: { label: string; sessions: readonly OwnedSessionView[] }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  return (
    <WideTable label={label} minWidth={320} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('connectors.session')}</Table.Th>
          <Table.Th>{t('connectors.state')}</Table.Th>
          <Table.Th>{t('connectors.epoch')}</Table.Th>
          <Table.Th>{t('connectors.since')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sessions.map(({ session, state, epoch, updatedAt }) => (
          <Table.Tr key={session}>
            <Table.Td>
              <Anchor component={Link} to={`/sessions/${session}`} size="sm">
                {session}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <Badge variant="light" tt="none" miw="max-content" color={STATE_LOOKS[state].color}>
                {t(`sessions.states.${state}`)}
              </Badge>
            </Table.Td>
            <Table.Td>{epoch}</Table.Td>
            <Table.Td>{timeText(updatedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
