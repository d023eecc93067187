import type { ReactNode } from 'react';
import { Anchor, Badge, Card, Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnedSessionView, OwnershipView } from '@wabus/contracts';
import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { useTimeText } from '../app/time.text.js';
import { useEdge } from '../login/signed-in.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { STATE_LOOKS } from '../sessions/session-state.table.js';

const REFRESH_MS = 3_000;

/** Connectors and the sessions that each owns. */
export function ConnectorsPage(): ReactNode {
  const { t } = useTranslation();
  const edge = useEdge();
  const { data, error, refetch } = useQuery({
    queryKey: ['connectors'],
    queryFn: () => edge.get<OwnershipView>('/api/connectors'),
    refetchInterval: REFRESH_MS
  });
  return (
    <>
      <PageHeader title={t('app.pages.connectors')} text={t('connectors.about')} />
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={120} aria-busy />}
      {data?.connectors.length === 0 && <EmptyNotice icon={Cable} title={t('connectors.none')} text={t('connectors.noneHint')} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {data?.connectors.map(({ id, sessions }) => (
          <Owned key={id} title={id} sessions={sessions} />
        ))}
        {data !== undefined && data.unowned.length > 0 && <Owned title={t('connectors.unowned')} sessions={data.unowned} />}
      </SimpleGrid>
    </>
  );
}

function Owned({ title, sessions }: { title: string; sessions: OwnedSessionView[] }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  return (
    <Card withBorder padding="md" data-connector={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {t('connectors.count', { count: sessions.length })}
          </Text>
        </Group>
        <Table.ScrollContainer minWidth={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing={6} aria-label={title}>
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
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Card>
  );
}
