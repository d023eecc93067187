import { memo, useState, type ReactNode } from 'react';
import { ActionIcon, Code, Text, UnstyledButton } from '@mantine/core';
import type { AnyEvent } from '@wabus/sdk';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ExactTime } from '../times/exact-time.js';
import { groupEvents, type EventGroup } from './event-groups.policy.js';
import { eventSummaryOf } from './event-summary.policy.js';
import classes from './events.module.css';

interface EventRowsProps {
  readonly events: readonly AnyEvent[];
  readonly chosen: AnyEvent | null;
  readonly onChoose: (event: AnyEvent) => void;
}

/** Events in rows, newest first. A message is one row that expands to show the events it caused. */
export const EventRows = memo(function EventRows({ events, chosen, onChoose }: EventRowsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <ol className={classes.rows} aria-label={t('events.list')}>
      {groupEvents(events).map(group => (
        <GroupRow key={group.event.cursor} group={group} chosen={chosen} onChoose={onChoose} />
      ))}
    </ol>
  );
});

interface GroupRowProps extends Omit<EventRowsProps, 'events'> {
  readonly group: EventGroup;
}

function GroupRow({ group: { event, companions }, chosen, onChoose }: GroupRowProps): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <div className={classes.group}>
        {companions.length > 0 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.unfold}
            aria-expanded={open}
            aria-label={t('events.companions', { count: companions.length })}
            title={t('events.companions', { count: companions.length })}
            onClick={() => setOpen(!open)}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        )}
        <EventRow event={event} isChosen={chosen?.cursor === event.cursor} onChoose={onChoose} />
      </div>
      {open && (
        <ol className={classes.companions}>
          {companions.map(one => (
            <li key={one.cursor}>
              <EventRow event={one} isChosen={chosen?.cursor === one.cursor} onChoose={onChoose} />
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

interface EventRowProps {
  readonly event: AnyEvent;
  readonly isChosen: boolean;
  readonly onChoose: (event: AnyEvent) => void;
}

function EventRow({ event, isChosen, onChoose }: EventRowProps): ReactNode {
  return (
    <UnstyledButton className={classes.row} data-event={event.event} aria-pressed={isChosen} onClick={() => onChoose(event)}>
      <Text span size="xs" c="dimmed" className={classes.time}>
        <ExactTime at={event.at} />
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
  );
}
