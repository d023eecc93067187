import { useMemo, type ReactNode } from 'react';
import { MultiSelect, Select, SimpleGrid } from '@mantine/core';
import { EVENT_NAMES } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { useSessions } from '../sessions/sessions.query.js';
import { eventFamilies } from './event-filter.policy.js';

/** Which events somebody wants to see. */
export interface EventChoice {
  readonly events: string[];
  /** All when empty. */
  readonly sessions: string[];
  /** An ISO time to begin at; `null` for now. */
  readonly since: string | null;
}

const MINUTES = { now: 0, minutes: 5, hour: 60, day: 24 * 60 } as const;
type Beginning = keyof typeof MINUTES;

interface EventFiltersProps {
  readonly choice: EventChoice;
  readonly onChange: (choice: EventChoice) => void;
}

export function EventFilters({ choice, onChange }: EventFiltersProps): ReactNode {
  const { t } = useTranslation();
  const { data: sessions = [] } = useSessions();
  const names = useMemo(
    () => [
      { group: t('events.families'), items: eventFamilies() },
      { group: t('events.names'), items: [...EVENT_NAMES].sort() }
    ],
    [t]
  );
  const begin = (beginning: string | null): void => {
    const minutes = MINUTES[(beginning ?? 'now') as Beginning];
    onChange({ ...choice, since: minutes === 0 ? null : new Date(Date.now() - minutes * 60_000).toISOString() });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mb="md">
      <MultiSelect
        label={t('events.filterSessions')}
        placeholder={choice.sessions.length === 0 ? t('events.allSessions') : ''}
        data={sessions.map(({ session }) => session)}
        value={choice.sessions}
        onChange={next => onChange({ ...choice, sessions: next })}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': t('events.clearChoice') }}
      />
      <MultiSelect
        label={t('events.filterEvents')}
        placeholder={choice.events.length === 0 ? t('events.allEvents') : ''}
        data={names}
        value={choice.events}
        onChange={next => onChange({ ...choice, events: next })}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': t('events.clearChoice') }}
        maxDropdownHeight={280}
      />
      <Select
        label={t('events.from')}
        data={(Object.keys(MINUTES) as Beginning[]).map(value => ({ value, label: t(`events.beginnings.${value}`) }))}
        defaultValue="now"
        onChange={begin}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}
