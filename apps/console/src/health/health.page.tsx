import type { ReactNode } from 'react';
import { Anchor, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { useTimeText } from '../app/time.text.js';
import { unreachable } from '../edge/edge-error.js';
import { useLive } from '../live/live.context.js';
import { useMay } from '../login/signed-in.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { countsByState } from '../sessions/session-list.policy.js';
import { STATE_LOOKS } from '../sessions/session-state.table.js';
import { useSessions } from '../sessions/sessions.query.js';
import { HealthCharts } from './health-charts.panel.js';

const REFRESH_MS = 3_000;

interface Check {
  readonly status: string;
  readonly detail?: string;
  /** Why the check failed. */
  readonly reason?: string;
}

interface Readiness {
  readonly version?: string;
  readonly status: string;
  readonly checks: Readonly<Record<string, Check>>;
}

/** The health of the edge that serves this page, and a summary of the sessions. */
export function HealthPage(): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { state } = useLive();
  const reads = useMay('read');
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: askReadiness,
    refetchInterval: REFRESH_MS
  });
  return (
    <>
      <PageHeader title={t('app.pages.health')} text={t('health.about', { host: location.host })}>
        <Button variant="default" leftSection={<RotateCw size={16} aria-hidden />} onClick={() => void refetch()}>
          {t('app.refresh')}
        </Button>
      </PageHeader>
      {error !== null && <ErrorNotice error={error} />}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md" mb="md">
        <CheckCard name={t('health.live')} well={state === 'live'} text={t(`app.live.${state}`)} />
        {Object.entries(data?.checks ?? {}).map(([name, { status, detail, reason }]) => (
          <CheckCard
            key={name}
            name={t(`health.checks.${name}`, { defaultValue: name })}
            well={status === 'ok'}
            text={reason ?? detail ?? status}
          />
        ))}
      </SimpleGrid>
      {reads && <HealthCharts />}
      {reads && <SessionsAtAGlance />}
      {dataUpdatedAt > 0 && (
        <Text size="xs" c="dimmed" mt="md">
          {t('health.checked', { at: timeText(new Date(dataUpdatedAt).toISOString()) })}
          {data?.version !== undefined && ` ${t('health.version', { version: data.version })}`}
        </Text>
      )}
    </>
  );
}

/** An edge that is not ready responds with 503 and the same body. */
async function askReadiness(): Promise<Readiness> {
  try {
    const response = await fetch('/health/ready');
    return (await response.json()) as Readiness;
  } catch (thrown) {
    throw unreachable(thrown);
  }
}

function CheckCard({ name, well, text }: { name: string; well: boolean; text: string }): ReactNode {
  const Icon = well ? CircleCheck : CircleX;
  return (
    <Card withBorder padding="md" data-check={name} data-well={well}>
      <Group wrap="nowrap" align="flex-start">
        <Icon size={22} color={`var(--mantine-color-${well ? 'bus' : 'red'}-text)`} style={{ flexShrink: 0 }} aria-hidden />
        <Stack gap={0}>
          <Title order={2} size="h5">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </Stack>
      </Group>
    </Card>
  );
}

function SessionsAtAGlance(): ReactNode {
  const { t } = useTranslation();
  const { data = [] } = useSessions();
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="sm">
        {t('health.sessions', { count: data.length })}
      </Title>
      <Group gap="xs">
        {countsByState(data).map(([state, count]) => (
          <Anchor key={state} component={Link} to={`/sessions?state=${state}`} underline="never">
            <Badge variant="light" tt="none" size="lg" color={STATE_LOOKS[state].color} style={{ cursor: 'pointer' }}>
              {t(`sessions.states.${state}`)} · {count}
            </Badge>
          </Anchor>
        ))}
        {data.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('sessions.none')}
          </Text>
        )}
      </Group>
    </Card>
  );
}
