import { useReducer, useState, type ReactNode } from 'react';
import { Badge, Button, Card, Drawer, Grid, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { AnyEvent, EventGap, WabusError } from '@wabus/sdk';
import { Activity, Eraser, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../app/page-header.js';
import { useTimeText } from '../app/time.text.js';
import { useFeed } from '../live/use-feed.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { chosenPatterns } from './event-filter.policy.js';
import { EventFilters, type EventChoice } from './event-filters.js';
import { EventRows } from './event-rows.js';
import { EventViewer } from './event-viewer.js';
import { nextList, NO_EVENTS, type EventList, type ListStep } from './event-list.state.js';

/** Events as they happen. */
export function EventsPage(): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [choice, setChoice] = useState<EventChoice>({ events: [], sessions: [], since: null });
  const [list, step] = useReducer<EventList<AnyEvent>, [ListStep<AnyEvent>]>(nextList, NO_EVENTS);
  const [chosen, choose] = useState<AnyEvent | null>(null);
  const [gap, setGap] = useState<EventGap | null>(null);
  const [refusal, setRefusal] = useState<WabusError | null>(null);
  const request = {
    events: chosenPatterns(choice.events),
    ...(choice.sessions.length > 0 ? { sessions: choice.sessions } : {}),
    ...(choice.since === null ? {} : { since: choice.since })
  };
  useFeed(request, { onEvents: events => step({ kind: 'came', events }), onGap: setGap, onRefused: setRefusal });

  const change = (next: EventChoice): void => {
    step({ kind: 'clear' });
    setRefusal(null);
    setGap(null);
    setChoice(next);
  };
  const paused = list.held !== null;
  const viewer = chosen && <EventViewer event={chosen} />;
  return (
    <>
      <PageHeader title={t('app.pages.events')} text={t('events.about')}>
        <Button
          variant={paused ? 'filled' : 'default'}
          leftSection={paused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
          onClick={() => step({ kind: paused ? 'resume' : 'pause' })}
        >
          {paused ? t('events.resume') : t('events.pause')}
        </Button>
        <Button variant="default" leftSection={<Eraser size={16} aria-hidden />} onClick={() => step({ kind: 'clear' })}>
          {t('events.clear')}
        </Button>
      </PageHeader>
      <EventFilters choice={choice} onChange={change} />
      {refusal && <ErrorNotice error={refusal} />}
      {gap && (
        <Text size="sm" mb="sm" role="status">
          {gap.firstAt === null ? t('events.gapAll') : t('events.gap', { at: timeText(gap.firstAt) })}
        </Text>
      )}
      <Group gap="xs" mb="xs">
        <Text size="sm" c="dimmed" data-events={list.total}>
          {t('events.count', { count: list.total })}
        </Text>
        {paused && (
          <Badge color="orange" variant="light" role="status">
            {t('events.held', { count: list.held?.length ?? 0 })}
          </Badge>
        )}
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Card withBorder padding={0}>
            {list.shown.length === 0 ? (
              <EmptyNotice icon={Activity} title={t('events.none')} text={t('events.noneHint')} />
            ) : (
              <EventRows events={list.shown} chosen={chosen} onChoose={choose} />
            )}
          </Card>
        </Grid.Col>
        {wide && (
          <Grid.Col span={5}>
            <Card withBorder padding="md" style={{ position: 'sticky', top: 72 }}>
              {viewer ?? (
                <Text c="dimmed" size="sm">
                  {t('events.choose')}
                </Text>
              )}
            </Card>
          </Grid.Col>
        )}
      </Grid>
      {!wide && (
        <Drawer
          opened={chosen !== null}
          onClose={() => choose(null)}
          position="bottom"
          size="85%"
          title={t('events.payload')}
          closeButtonProps={{ 'aria-label': t('app.close') }}
        >
          {viewer}
        </Drawer>
      )}
    </>
  );
}
