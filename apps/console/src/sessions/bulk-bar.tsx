import { useState, type ReactNode } from 'react';
import { Alert, Button, Card, Group, List, Progress, Stack, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { confirm } from '../notices/confirm.js';
import { runBulk, type BulkProgress } from './bulk-run.js';
import { BULK_WISHES, sessionsFor, type BulkWish } from './session-list.policy.js';
import { sessionKeys, takeView } from './sessions.cache.js';

/** The actions for the selected sessions, and the progress of the last one. */
export function BulkBar({ selected, onClear }: { selected: readonly SessionView[]; onClear: () => void }): ReactNode {
  const { t } = useTranslation();
  const edge = useEdge();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const running = progress !== null && progress.done < progress.all;
  if (selected.length === 0 && progress === null) return null;

  const run = (wish: BulkWish, sessions: readonly string[]): void => {
    const act = async (session: string): Promise<void> =>
      takeView(queries, await edge.json<SessionView>('POST', path`/api/sessions/${session}/${wish}`));
    void runBulk(sessions, act, setProgress).then(() => queries.invalidateQueries({ queryKey: sessionKeys.all }));
  };
  const ask = (wish: BulkWish): void => {
    const sessions = sessionsFor(wish, selected);
    if (wish === 'start') return run(wish, sessions);
    confirm({
      title: t(`sessions.bulk.confirm.${wish}`, { count: sessions.length }),
      text: t('sessions.bulk.confirm.text'),
      action: t(`sessions.wishes.${wish}`),
      onConfirm: () => run(wish, sessions)
    });
  };
  return (
    <Card withBorder padding="sm" mb="md" data-bulk>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm" fw={600} role="status">
            {progress === null
              ? t('sessions.bulk.selected', { count: selected.length })
              : t('sessions.bulk.progress', { done: progress.done, all: progress.all })}
          </Text>
          <Group gap="xs">
            {!running &&
              BULK_WISHES.map(wish => {
                const count = sessionsFor(wish, selected).length;
                return (
                  <Button key={wish} size="xs" variant="default" disabled={count === 0} onClick={() => ask(wish)}>
                    {t(`sessions.wishes.${wish}`)} ({count})
                  </Button>
                );
              })}
            <Button
              size="xs"
              variant="subtle"
              disabled={running}
              onClick={() => {
                setProgress(null);
                onClear();
              }}
            >
              {t('sessions.bulk.clear')}
            </Button>
          </Group>
        </Group>
        {progress !== null && <Progress value={(100 * progress.done) / Math.max(1, progress.all)} aria-label={t('sessions.bulk.label')} />}
        {progress !== null && progress.failures.length > 0 && (
          <Alert color="red" title={t('sessions.bulk.failed', { count: progress.failures.length })}>
            <List size="sm">
              {progress.failures.map(({ session, error }) => (
                <List.Item key={session}>
                  {session}: {error.message} ({error.code})
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
