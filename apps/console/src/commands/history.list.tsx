import type { ReactNode } from 'react';
import { Badge, Button, Card, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { errorFrom } from '../edge/edge-error.js';
import { ExactTime } from '../times/exact-time.js';
import { useHistory, type CommandRun } from './commands.query.js';

/** The commands that were run in this tab; their arguments can be used again. */
export function HistoryList({ onUse }: { onUse: (run: CommandRun) => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const runs = useHistory();
  if (runs.length === 0) return null;
  return (
    <Card withBorder padding="md" mt="md">
      <Title order={2} size="h5" mb="sm">
        {t('commands.history')}
      </Title>
      <Stack gap="xs" component="ol" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {runs.map(run => (
          <Group key={`${run.at} ${run.command}`} component="li" justify="space-between" wrap="nowrap" data-history={run.command}>
            <div style={{ minWidth: 0 }}>
              <Group gap="xs">
                <Text size="xs" c="dimmed">
                  <ExactTime at={run.at} />
                </Text>
                <Badge variant="light" tt="none" color={run.error === undefined ? 'bus' : 'red'} maw="none">
                  {run.error === undefined ? t('commands.succeeded') : t('commands.failed', { code: errorFrom(run.error).code })}
                </Badge>
              </Group>
              <Text size="sm" truncate>
                {run.session} · {run.command} <Code>{JSON.stringify(run.args)}</Code>
              </Text>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                onUse(run);
                void navigate(`/commands/${run.command}`);
              }}
            >
              {t('commands.use')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
