import type { ReactNode } from 'react';
import { Badge, Card, Group, Table, Text, Title } from '@mantine/core';
import type { EdgeView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { ProcessCells, ProcessHeadings } from './process-cells.js';

/** A row for each edge. */
export function EdgesTable({ edges }: { edges: readonly EdgeView[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card withBorder padding={0}>
      <Title order={2} size="h5" p="md" pb="xs">
        {t('connectors.edges')}
      </Title>
      <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs" aria-label={t('connectors.edges')}>
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
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
