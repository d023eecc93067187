import { useMemo, type ReactNode } from 'react';
import { Code, Group, Stack, Text, Title } from '@mantine/core';
import type { AnyEvent } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { CopyText } from '../notices/copy.text.js';
import classes from './events.module.css';

/** Longer payloads are cut for the eye; copying takes all. */
const MOST_CHARACTERS = 60_000;

/** One event with its facts and its payload. */
export function EventViewer({ event }: { event: AnyEvent }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const text = useMemo(() => JSON.stringify(event.data, null, 2), [event]);
  const facts: [string, ReactNode][] = [
    [t('events.facts.session'), event.session],
    [t('events.facts.at'), timeText(event.at)],
    [t('events.facts.epoch'), event.epoch],
    [t('events.facts.id'), event.id],
    [t('events.facts.cursor'), event.cursor]
  ];
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {event.event}
        </Title>
        <CopyText text={text} />
      </Group>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="xs">
              {value}
            </Text>
          </div>
        ))}
      </dl>
      <Code block className={classes.payload} tabIndex={0} aria-label={t('events.payload')}>
        {text.slice(0, MOST_CHARACTERS)}
      </Code>
      {text.length > MOST_CHARACTERS && (
        <Text size="xs" c="dimmed">
          {t('events.cut')}
        </Text>
      )}
    </Stack>
  );
}
