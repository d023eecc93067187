import type { ReactNode } from 'react';
import { Badge, Card, Group, Table, Text, Title } from '@mantine/core';
import type { EdgeView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { WideTable } from '../app/wide-table.js';
import { ProcessCells, ProcessHeadings } from './process-cells.js';

/** A row for each edge. */
export function EdgesTable({ edges }: { edges: readonly EdgeView[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder padding={0}>
      <Title order={2} size="h5" p="md" pb="xs">
        {t('connectors.edges')}
      </Title>
      <WideTable label={t('connectors.edges')} minWidth={620}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th pl="md">{t('connectors.columns.edge')}</Table.Th>
            <ProcessHeadings />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {edges.map(edge => (
            <Table.Tr key={edge.id} data-edge={edge.id}>
              <Table.Td pl="md">
                <Group gap="xs">
                  <Text size="sm" fw={600}>
                    {edge.id}
                  </Text>
                  {edge.answering && (
                    <Badge variant="light" color="gray" tt="none" miw="max-content">
                      {t('connectors.answering')}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <ProcessCells view={edge} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Card>
  );
}
