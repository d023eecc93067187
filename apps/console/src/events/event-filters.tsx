import { useMemo, type ReactNode } from 'react';
import { MultiSelect, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { EVENT_NAMES } from '@wabus/sdk';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSessions } from '../sessions/sessions.query.js';
import { beginAt, BEGINNINGS, type EventChoice } from './event-choice.policy.js';
import { eventFamilies } from './event-filter.policy.js';

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
  const { beginning } = choice;
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('events.clearChoice') } };
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mb="sm">
        <MultiSelect
          label={t('events.filterSessions')}
          placeholder={choice.sessions.length === 0 ? t('events.allSessions') : ''}
          data={sessions.map(({ session }) => session)}
          value={choice.sessions}
          onChange={next => onChange({ ...choice, sessions: next })}
          searchable
          {...clear}
        />
        <MultiSelect
          label={t('events.filterEvents')}
          placeholder={choice.events.length === 0 ? t('events.allEvents') : ''}
          data={names}
          value={choice.events}
          onChange={next => onChange({ ...choice, events: next })}
          searchable
          maxDropdownHeight={280}
          {...clear}
        />
        <Select
          label={t('events.from')}
          data={BEGINNINGS.map(value => ({ value, label: t(`events.beginnings.${value}`) }))}
          value={beginning}
          onChange={next => onChange(beginAt(choice, next ?? 'now', Date.now()))}
          allowDeselect={false}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: beginning === 'now' ? 2 : beginning === 'time' ? 4 : 3 }} spacing="sm" mb="md">
        <TextInput
          label={t('events.search')}
          placeholder={t('events.searchHint')}
          leftSection={<Search size={14} aria-hidden />}
          value={choice.text}
          onChange={({ currentTarget }) => onChange({ ...choice, text: currentTarget.value })}
        />
        <TagsInput
          label={t('events.chats')}
          placeholder={choice.chats.length === 0 ? t('events.chatsHint') : ''}
          value={choice.chats}
          onChange={chats => onChange({ ...choice, chats })}
          splitChars={[',', ' ']}
          maxTags={256}
          {...clear}
        />
        {beginning === 'time' && (
          <TimeField label={t('events.begin')} value={choice.since} onChange={since => onChange({ ...choice, since })} />
        )}
        {beginning !== 'now' && (
          <TimeField
            label={t('events.until')}
            value={choice.until}
            onChange={until => onChange({ ...choice, until: until === null ? null : pastOf(until) })}
          />
        )}
      </SimpleGrid>
    </>
  );
}

interface TimeFieldProps {
  readonly label: string;
  /** An ISO time. */
  readonly value: string | null;
  readonly onChange: (iso: string | null) => void;
}

function TimeField({ label, value, onChange }: TimeFieldProps): ReactNode {
  return (
    <TextInput
      type="datetime-local"
      step={1}
      label={label}
      defaultValue={value === null ? '' : localText(value)}
      onChange={({ currentTarget }) => {
        const at = new Date(currentTarget.value);
        onChange(Number.isNaN(at.getTime()) ? null : at.toISOString());
      }}
    />
  );
}

/** A past period cannot end later than now. */
function pastOf(iso: string): string {
  return new Date(Math.min(Date.parse(iso), Date.now())).toISOString();
}

/** Converts an ISO time to the value of the input field: in the reader's time zone, without a zone suffix. */
function localText(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
