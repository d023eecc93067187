import type { ReactNode } from 'react';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JsonView } from '../json/json.view.js';
import { CopyText } from '../notices/copy.text.js';
import { ErrorNotice } from '../notices/error.notice.js';
import type { CommandRun } from './commands.query.js';

/** The outcome of a command. */
export function RunView({ run: { data, error, tookMs } }: { run: CommandRun }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" data-run={error === undefined ? 'done' : 'failed'} role="status">
      <Group justify="space-between">
        <Group gap="xs">
          <Title order={3} size="h6">
            {t('commands.result')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('commands.took', { ms: tookMs })}
          </Text>
        </Group>
        {data !== undefined && <CopyText text={JSON.stringify(data, null, 2)} />}
      </Group>
      {error !== undefined && <ErrorNotice error={error} />}
      {error === undefined && (data === undefined || data === null) && <Text size="sm">{t('commands.noData')}</Text>}
      {data !== undefined && data !== null && <JsonView value={data} label={t('commands.result')} maxHeight="50dvh" />}
    </Stack>
  );
}
