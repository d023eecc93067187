import { useState, type ReactNode } from 'react';
import { ActionIcon, Badge, Card, Table, Text } from '@mantine/core';
import type { ConnectorState, ConnectorView } from '@wabus/contracts';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../app/wide-table.js';
import { OwnedSessionsTable } from './owned-sessions.table.js';
import { ProcessCells, ProcessHeadings } from './process-cells.js';

const STATE_COLORS: Readonly<Record<ConnectorState, string>> = { ready: 'bus', draining: 'yellow', lost: 'red' };
const COLUMNS = 8;

/** A row for each connector, which can be expanded to show its sessions. */
export function ConnectorsTable({ connectors }: { connectors: readonly ConnectorView[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder padding={0}>
      <WideTable label={t('app.pages.connectors')} minWidth={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th aria-label={t('connectors.columns.sessions')} w={44} />
            <Table.Th>{t('connectors.columns.connector')}</Table.Th>
            <Table.Th>{t('connectors.columns.state')}</Table.Th>
            <Table.Th ta="right">{t('connectors.columns.sessions')}</Table.Th>
            <ProcessHeadings />
          </Table.Tr>
        </Table.Thead>
        {connectors.map(connector => (
          <ConnectorRow key={connector.id} connector={connector} />
        ))}
      </WideTable>
    </Card>
  );
}

function ConnectorRow({ connector }: { connector: ConnectorView }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { id, state, sessions } = connector;
  const Icon = open ? ChevronDown : ChevronRight;
  const label = t('connectors.unfold', { connector: id });
  return (
    <Table.Tbody data-connector={id}>
      <Table.Tr>
        <Table.Td>
          <ActionIcon variant="subtle" color="gray" aria-expanded={open} aria-label={label} title={label} onClick={() => setOpen(!open)}>
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Table.Td>
        <Table.Td fw={600} style={{ overflowWrap: 'anywhere' }}>
          {id}
        </Table.Td>
        <Table.Td>
          {state === null ? (
            t('connectors.unknown')
          ) : (
            <Badge variant="light" tt="none" miw="max-content" color={STATE_COLORS[state]} data-state={state}>
              {t(`connectors.states.${state}`)}
            </Badge>
          )}
          {state === 'lost' && (
            <Text size="xs" c="dimmed">
              {t('connectors.lostHint')}
            </Text>
          )}
        </Table.Td>
        <Table.Td ta="right">{sessions.length}</Table.Td>
        <ProcessCells view={connector} />
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={COLUMNS}>
            {sessions.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('connectors.noSessions')}
              </Text>
            ) : (
              <OwnedSessionsTable label={label} sessions={sessions} />
            )}
          </Table.Td>
        </Table.Tr>
      )}
    </Table.Tbody>
  );
}
