import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime, relativeTime } from './exact-time.text.js';

/** A time to the millisecond, with the relative time as a tooltip. */
export function ExactTime({ at }: { at: string }): ReactNode {
  const { i18n } = useTranslation();
  return (
    <time
      dateTime={at}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
      onPointerEnter={({ currentTarget }) => (currentTarget.title = relativeTime(at, i18n.language))}
    >
      {exactTime(at, i18n.language)}
    </time>
  );
}
