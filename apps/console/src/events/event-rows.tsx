import type { ReactNode } from 'react';
import { Code, Text, UnstyledButton } from '@mantine/core';
import type { AnyEvent } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { eventSummaryOf } from './event-summary.policy.js';
import classes from './events.module.css';

interface EventRowsProps {
  readonly events: readonly AnyEvent[];
  readonly chosen: AnyEvent | null;
  readonly onChoose: (event: AnyEvent) => void;
}

/** Events in rows, newest first. */
export function EventRows({ events, chosen, onChoose }: EventRowsProps): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  return (
    <ol className={classes.rows} aria-label={t('events.list')}>
      {events.map(event => (
        <li key={event.cursor}>
          <UnstyledButton
            className={classes.row}
            data-event={event.event}
            aria-pressed={chosen?.cursor === event.cursor}
            onClick={() => onChoose(event)}
          >
            <Text span size="xs" c="dimmed" className={classes.time}>
              {timeText(event.at)}
            </Text>
            <span className={classes.what}>
              <Code>{event.event}</Code>{' '}
              <Text span size="xs" fw={600}>
                {event.session}
              </Text>
            </span>
            <Text span size="sm" c="dimmed" truncate className={classes.summary}>
              {eventSummaryOf(event)}
            </Text>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
