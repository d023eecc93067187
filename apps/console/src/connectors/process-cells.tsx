import type { ReactNode } from 'react';
import { Table } from '@mantine/core';
import type { ProcessView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { figureText, shareText } from '../health/figure-units.policy.js';
import { readersLocale } from '../i18n/translations.js';

/** The column headings for `ProcessCells`. */
export function ProcessHeadings(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Table.Th>{t('connectors.columns.version')}</Table.Th>
      <Table.Th ta="right">{t('connectors.columns.memory')}</Table.Th>
      <Table.Th ta="right">{t('connectors.columns.cpu')}</Table.Th>
      <Table.Th>{t('connectors.columns.startedAt')}</Table.Th>
    </>
  );
}

/** The reported figures of a process, in the cells of its row. */
export function ProcessCells({ view }: { view: ProcessView }): ReactNode {
  const { t, i18n } = useTranslation();
  const timeText = useTimeText();
  const locale = readersLocale(i18n.language);
  const unknown = t('connectors.unknown');
  const bytes = (value: number): string => figureText(locale, 'bytes', value);
  const { version, startedAt, memoryBytes, memoryLimitBytes, cpu } = view;
  const memory = memoryBytes === null ? unknown : bytes(memoryBytes);
  return (
    <>
      <Table.Td>{version ?? unknown}</Table.Td>
      <Table.Td ta="right">
        {memoryBytes === null || memoryLimitBytes === null
          ? memory
          : t('connectors.memoryOf', { used: memory, limit: bytes(memoryLimitBytes) })}
      </Table.Td>
      <Table.Td ta="right">{cpu === null ? unknown : shareText(locale, cpu)}</Table.Td>
      <Table.Td>{startedAt === null ? unknown : timeText(startedAt)}</Table.Td>
    </>
  );
}
