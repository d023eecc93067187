import type { ReactNode } from 'react';
import { Button, Group, Loader, Progress, Stack, Text } from '@mantine/core';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../notices/error.notice.js';
import classes from './chats.module.css';
import type { Outgoing } from './outgoing.state.js';

interface OutgoingBubbleProps {
  readonly message: Outgoing;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

/** A message that is being sent: shows the progress of its upload, that it is being sent, or why it failed. */
export function OutgoingBubble({ message, onRetry, onDiscard }: OutgoingBubbleProps): ReactNode {
  const { t } = useTranslation();
  const { text, fileName, uploaded, error, id } = message;
  const percent = uploaded === null ? null : Math.round(uploaded * 100);
  return (
    <article className={classes.bubble} data-mine data-outgoing={error === null ? 'under way' : 'failed'}>
      <Stack gap={6}>
        {fileName !== null && (
          <Text size="sm" fw={600}>
            {fileName}
          </Text>
        )}
        {text !== '' && (
          <Text size="sm" className={classes.text} dir="auto">
            {text}
          </Text>
        )}
        {percent !== null && error === null && (
          <>
            <Progress value={percent} size="sm" aria-label={t('chats.uploading', { percent })} />
            <Text size="xs" c="dimmed" role="status">
              {t('chats.uploading', { percent })}
            </Text>
          </>
        )}
        {error !== null && (
          <>
            <ErrorNotice error={error} />
            <Group gap="xs">
              <Button size="compact-sm" onClick={onRetry}>
                {t('chats.retry')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={onDiscard}>
                {t('chats.discard')}
              </Button>
            </Group>
          </>
        )}
        {error === null && percent === null && (
          <div className={classes.foot}>
            {id === null ? (
              <Loader size={12} aria-label={t('chats.sending')} />
            ) : (
              <Check size={14} role="img" aria-label={t('chats.states.sent')} />
            )}
          </div>
        )}
      </Stack>
    </article>
  );
}
