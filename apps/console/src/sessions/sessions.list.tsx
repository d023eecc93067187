import { useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { Box, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../app/lazy-page.js';
import { CheckBox } from '../forms/check-box.js';
import { useMay } from '../login/signed-in.context.js';
import { SessionFilters } from './session-filters.js';
import { chosenSessions } from './session-list.policy.js';
import { SessionRow } from './session-row.js';
import classes from './sessions.module.css';
import { useGrowingList } from './use-growing-list.js';
import { useSessionChoice } from './use-session-choice.js';

const BulkBar = lazyPart(async () => (await import('./bulk-bar.js')).BulkBar);

/** The list of sessions, which can be searched, sorted, and started or stopped together. */
export function SessionsList({ sessions }: { sessions: readonly SessionView[] }): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const [choice, change] = useSessionChoice();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  /** Whether a session has been selected. From then on the bar remains, because it shows the outcome of the last action. */
  const [touched, setTouched] = useState(false);
  // The list may lag behind the search text, so that typing stays responsive.
  const followed = useDeferredValue(choice);
  const shown = useMemo(() => chosenSessions(sessions, followed), [sessions, followed]);
  const { rows, end } = useGrowingList(shown);
  const chosen = shown.filter(({ session }) => selected.has(session));
  const selectAll = (all: boolean): void => {
    setTouched(true);
    setSelected(new Set(all ? shown.map(({ session }) => session) : []));
  };
  const select = useCallback((session: string, isSelected: boolean): void => {
    setTouched(true);
    setSelected(before => new Set(isSelected ? [...before, session] : [...before].filter(one => one !== session)));
  }, []);
  return (
    <>
      <SessionFilters views={sessions} choice={choice} onChange={change} />
      {mayControl && shown.length > 0 && (
        <Box mb="xs" ml="md">
          <CheckBox
            label={t('sessions.selectAll', { count: shown.length })}
            checked={chosen.length === shown.length}
            partly={chosen.length > 0 && chosen.length < shown.length}
            onChange={selectAll}
          />
        </Box>
      )}
      {touched && <BulkBar selected={chosen} onClear={() => setSelected(new Set())} />}
      {shown.length === 0 && <Text c="dimmed">{t('sessions.noMatch')}</Text>}
      {shown.length > 0 && (
        <ul className={classes.list}>
          {rows.map(view => (
            <SessionRow key={view.session} view={view} selected={selected.has(view.session)} onSelect={mayControl ? select : null} />
          ))}
          {end !== null && <li key={end.key} ref={end.ref} aria-hidden />}
        </ul>
      )}
    </>
  );
}
