import type { ReactNode } from 'react';
import { Alert, Card, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Cable, GitCompareArrows } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../app/page-header.js';
import { useEdge } from '../login/signed-in.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { ConnectorsTable } from './connectors.table.js';
import { EdgesTable } from './edges.table.js';
import { OwnedSessionsTable } from './owned-sessions.table.js';
import { readOwnership, type OwnershipAnswer } from './ownership.codec.js';
import { versionGroups, type VersionGroup } from './versions.policy.js';

const REFRESH_MS = 3_000;

/** Connectors with the sessions that each owns, sessions without an owner, and edges. */
export function ConnectorsPage(): ReactNode {
  const { t } = useTranslation();
  const edge = useEdge();
  const query = useQuery({
    queryKey: ['connectors'],
    queryFn: async () => readOwnership(await edge.get<OwnershipAnswer>('/api/connectors')),
    refetchInterval: REFRESH_MS
  });
  return (
    <>
      <PageHeader title={t('app.pages.connectors')} text={t('connectors.about')} />
      <QueryView query={query}>
        {ownership => (
          <Stack gap="md">
            <VersionsNotice groups={versionGroups(ownership)} />
            {ownership.connectors.length === 0 ? (
              <EmptyNotice icon={Cable} title={t('connectors.none')} text={t('connectors.noneHint')} />
            ) : (
              <ConnectorsTable connectors={ownership.connectors} />
            )}
            {ownership.unowned.length > 0 && (
              <Card withBorder padding="md" data-unowned>
                <Title order={2} size="h5" mb="sm">
                  {t('connectors.unowned')}
                </Title>
                <OwnedSessionsTable label={t('connectors.unowned')} sessions={ownership.unowned} />
              </Card>
            )}
            {ownership.edges.length > 0 && <EdgesTable edges={ownership.edges} />}
          </Stack>
        )}
      </QueryView>
    </>
  );
}

/** Lists which release each process runs. Renders nothing if all run the same release. */
function VersionsNotice({ groups }: { groups: readonly VersionGroup[] }): ReactNode {
  const { t } = useTranslation();
  if (groups.length < 2) return null;
  return (
    <Alert color="yellow" icon={<GitCompareArrows size={18} aria-hidden />} title={t('connectors.versions.title')} data-versions>
      <Text size="sm">{t('connectors.versions.text')}</Text>
      <List size="sm" mt="xs">
        {groups.map(({ version, connectors, edges }) => (
          <List.Item key={version} style={{ overflowWrap: 'anywhere' }}>
            {`${version ?? t('connectors.versions.earlier')}: `}
            {[...connectors, ...(edges > 0 ? [t('connectors.versions.edges', { count: edges })] : [])].join(', ')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
