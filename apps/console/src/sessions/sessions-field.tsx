import type { ReactNode } from 'react';
import { MultiSelect } from '@mantine/core';
import { useSessions } from './sessions.query.js';

export interface SessionsFieldProps {
  readonly label: string;
  /** The placeholder that explains an empty choice. */
  readonly none: string;
  readonly chosen: readonly string[];
  readonly onChoose: (sessions: string[]) => void;
}

/** Selects some of the sessions that the token permits. */
export function SessionsField({ label, none, chosen, onChoose }: SessionsFieldProps): ReactNode {
  const { data: sessions = [] } = useSessions();
  return (
    <MultiSelect
      label={label}
      placeholder={chosen.length === 0 ? none : ''}
      data={sessions.map(({ session }) => session)}
      value={[...chosen]}
      onChange={onChoose}
      clearable
      clearButtonProps={{ 'aria-label': none }}
    />
  );
}
