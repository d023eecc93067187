import type { ReactNode } from 'react';
import { Badge, Group, NativeSelect, TextInput, UnstyledButton } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SESSION_SORTS, countsByState, type SessionChoice, type SessionSort } from './session-list.policy.js';
import { STATE_LOOKS } from './session-state.table.js';

interface SessionFiltersProps {
  readonly views: readonly SessionView[];
  readonly choice: SessionChoice;
  readonly onChange: (change: Partial<SessionChoice>) => void;
}

/** The search, state filter and sort order of the list. */
export function SessionFilters({ views, choice, onChange }: SessionFiltersProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <TextInput
        type="search"
        aria-label={t('sessions.search')}
        placeholder={t('sessions.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={choice.search}
        onChange={changed => onChange({ search: changed.currentTarget.value })}
        style={{ flex: '1 1 14rem' }}
      />
      <NativeSelect
        aria-label={t('sessions.sort')}
        data={SESSION_SORTS.map(value => ({ value, label: t(`sessions.sorts.${value}`) }))}
        value={choice.sort}
        onChange={changed => onChange({ sort: changed.currentTarget.value as SessionSort })}
        w="12rem"
      />
      <Group gap={6} role="group" aria-label={t('sessions.filter')} w="100%">
        <UnstyledButton aria-pressed={choice.state === null} onClick={() => onChange({ state: null })}>
          <Badge tt="none" size="lg" variant="light" color="gray" style={ring(choice.state === null)}>
            {t('sessions.all', { count: views.length })}
          </Badge>
        </UnstyledButton>
        {countsByState(views).map(([state, count]) => (
          <UnstyledButton key={state} aria-pressed={choice.state === state} onClick={() => onChange({ state })} data-filter={state}>
            <Badge tt="none" size="lg" variant="light" color={STATE_LOOKS[state].color} style={ring(choice.state === state)}>
              {t(`sessions.states.${state}`)} · {count}
            </Badge>
          </UnstyledButton>
        ))}
      </Group>
    </Group>
  );
}

/** Marks the chosen filter with an outline, which does not affect the contrast of the colors. */
function ring(chosen: boolean): { outline?: string; cursor: string } {
  return { cursor: 'pointer', ...(chosen ? { outline: '2px solid currentColor' } : {}) };
}
