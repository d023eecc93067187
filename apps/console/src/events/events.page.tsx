import { useDeferredValue, useEffect, useMemo, useReducer, useState, type ReactNode } from 'react';
import { Badge, Button, Card, Drawer, Grid, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { AnyEvent, EventGap, WabusError } from '@wabus/sdk';
import { Activity, Eraser, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../app/page-header.js';
import { useTimeText } from '../app/time.text.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { eventSourceOf } from './event-choice.policy.js';
import { EventFilters } from './event-filters.js';
import { MOST_EVENTS, nextList, NO_EVENTS, type EventList, type ListStep } from './event-list.state.js';
import { EventRows } from './event-rows.js';
import { hasText } from './event-search.policy.js';
import { EventIntake } from './event-intake.js';
import { EventViewer } from './event-viewer.js';
import { useEventChoice } from './use-event-choice.js';

/** Live or past events. */
export function EventsPage(): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [choice, change] = useEventChoice();
  const [list, step] = useReducer<EventList<AnyEvent>, [ListStep<AnyEvent>]>(nextList, NO_EVENTS);
  const [chosen, choose] = useState<AnyEvent | null>(null);
  const [gap, setGap] = useState<EventGap | null>(null);
  const [refusal, setRefusal] = useState<WabusError | null>(null);
  const [ready, setReady] = useState('');
  const text = useDeferredValue(choice.text.trim());
  const shown = useMemo(() => list.shown.filter(event => hasText(event, text)), [list.shown, text]);
  // A search of past events covers all of them. A live search covers only the events on the page, so the same search can find more events later.
  const searched = choice.since === null ? '' : text;
  // Ready once the edge has accepted the subscription, or all events of the chosen period have been read.
  const source = eventSourceOf(choice, searched);
  const isWaiting = ready !== source;

  // A different choice of events restarts the list.
  useEffect(() => {
    step({ kind: 'clear' });
    setRefusal(null);
    setGap(null);
  }, [source]);
  const paused = list.held !== null;
  const held = (list.held ?? []).filter(event => hasText(event, text)).length;
  const viewer = chosen && <EventViewer event={chosen} find={text} />;
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
      <EventIntake
        key={searched}
        choice={choice}
        onEvents={events => step({ kind: 'came', events: events.filter(event => hasText(event, searched)), of: events.length })}
        onStart={() => setReady(source)}
        onGap={setGap}
        onRefused={error => {
          setReady(source);
          setRefusal(error);
        }}
        onEnd={() => setReady(source)}
      />
      {refusal && <ErrorNotice error={refusal} />}
      {gap && (
        <Text size="sm" mb="sm" role="status">
          {gap.firstAt === null ? t('events.gapAll') : t('events.gap', { at: timeText(gap.firstAt) })}
        </Text>
      )}
      <Group gap="xs" mb="xs">
        <Text size="sm" c="dimmed" data-events={list.total}>
          {t('events.count', { count: list.total })}
          {text !== '' && ` · ${t('events.matching', { count: shown.length })}`}
        </Text>
        {isWaiting && (
          <Text size="sm" c="dimmed" role="status" aria-busy>
            {choice.until === null ? t('events.connecting') : t('events.reading')}
          </Text>
        )}
        {paused && (
          <Badge color="orange" variant="light" role="status" tt="none">
            {t('events.held', { count: held })}
          </Badge>
        )}
        {list.dropped > 0 && (
          <Text size="sm" role="status">
            {t('events.dropped', { count: list.dropped, most: MOST_EVENTS })}
          </Text>
        )}
        {list.shown.length === MOST_EVENTS && (
          <Text size="sm" c="dimmed">
            {t('events.older', { most: MOST_EVENTS })}
          </Text>
        )}
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Card withBorder padding={0}>
            {shown.length === 0 ? (
              <EmptyNotice
                icon={Activity}
                title={text === '' ? t('events.none') : t('events.noMatch')}
                text={text === '' ? t('events.noneHint') : t('events.noMatchHint')}
              />
            ) : (
              <EventRows events={shown} chosen={chosen} onChoose={choose} />
            )}
          </Card>
        </Grid.Col>
        {wide && (
          <Grid.Col span={5}>
            <Card withBorder padding="md" style={{ position: 'sticky', top: 72, maxHeight: 'calc(100dvh - 88px)', overflow: 'auto' }}>
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
