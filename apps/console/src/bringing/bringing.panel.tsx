import { useState, type DragEvent, type ReactNode } from 'react';
import { Alert, Button, Checkbox, FileButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { FolderInput } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { DocumentLink } from '../app/document-link.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { notifyDone } from '../notices/notify.js';
import { useBringAlong } from './bringing.query.js';
import { filesOfChoice, filesOfDrop } from './dropped-files.js';

/** Imports a session that is linked in another gateway. */
export function BringingPanel({ session }: { session: string }): ReactNode {
  const { t } = useTranslation();
  const [stopped, setStopped] = useState(false);
  const { mutate, isPending, error, sent } = useBringAlong(session);
  const bring = (give: () => ReturnType<typeof filesOfDrop>): void =>
    mutate(give, {
      onSuccess: ({ records }) => notifyDone(t('bringing.done', { records: Object.values(records).reduce((sum, count) => sum + count, 0) }))
    });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (!stopped || isPending) return;
    const files = filesOfDrop(event.dataTransfer);
    bring(() => files);
  };
  const doing =
    sent === null ? t('bringing.reading') : sent < 1 ? t('bringing.sending', { percent: Math.round(sent * 100) }) : t('bringing.storing');
  return (
    <Stack maw={480} mx="auto" data-bringing>
      <Text size="sm" c="dimmed">
        {t('bringing.intro')} <DocumentLink name="import" />
      </Text>
      <Checkbox label={t('bringing.stopped')} checked={stopped} onChange={changed => setStopped(changed.currentTarget.checked)} />
      <Paper withBorder p="lg" onDragOver={event => event.preventDefault()} onDrop={drop} opacity={stopped ? 1 : 0.5} data-drop>
        <Stack align="center" gap="sm">
          <FolderInput aria-hidden />
          <Text size="sm">{t('bringing.drop')}</Text>
          <Group>
            <FileButton multiple inputProps={{ webkitdirectory: '' } as object} onChange={files => bring(() => filesOfChoice(files))}>
              {props => (
                <Button variant="default" size="xs" disabled={!stopped || isPending} {...props}>
                  {t('bringing.folder')}
                </Button>
              )}
            </FileButton>
            <FileButton onChange={file => file && bring(() => filesOfChoice([file]))}>
              {props => (
                <Button variant="default" size="xs" disabled={!stopped || isPending} {...props}>
                  {t('bringing.file')}
                </Button>
              )}
            </FileButton>
          </Group>
        </Stack>
      </Paper>
      {isPending && (
        <Stack gap={4} role="status">
          <Text size="sm">{doing}</Text>
          <Progress value={(sent ?? 0) * 100} animated aria-label={doing} />
        </Stack>
      )}
      {error !== null && isMigrateError(error) && (
        <Alert color="red" title={t('bringing.unreadable')}>
          {error.message}
        </Alert>
      )}
      {error !== null && !isMigrateError(error) && <ErrorNotice error={error} />}
    </Stack>
  );
}

/** Checks the name because the class is in the separately loaded import code. */
const isMigrateError = (error: unknown): error is Error => error instanceof Error && error.name === 'MigrateError';
