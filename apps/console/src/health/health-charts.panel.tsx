import type { ReactNode } from 'react';
import { Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import type { HealthSample } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { readersLocale } from '../i18n/translations.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { figureText, shareText } from './figure-units.policy.js';
import { HEALTH_CHARTS, type HealthChart } from './health-charts.table.js';
import { useHealthHistory } from './health-history.query.js';
import { lineFactsOf, topOf } from './line-chart.policy.js';
import { LineChart } from './line-chart.js';
import classes from './health.module.css';

/** Charts of the last minutes of the edge. */
export function HealthCharts(): ReactNode {
  const { t } = useTranslation();
  const { data, error } = useHealthHistory();
  const samples = data?.samples ?? [];
  return (
    <section aria-labelledby="health-charts">
      <Title order={2} size="h4" mb="xs" id="health-charts">
        {t('health.charts.heading')}
      </Title>
      {error !== null && <ErrorNotice error={error} />}
      {samples.length > 1 ? (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" mb="md">
          {HEALTH_CHARTS.map(chart => (
            <ChartCard key={chart.name} chart={chart} samples={samples} />
          ))}
        </SimpleGrid>
      ) : (
        <Text size="sm" c="dimmed" mb="md">
          {t('health.charts.waiting')}
        </Text>
      )}
    </section>
  );
}

function ChartCard({ chart, samples }: { chart: HealthChart; samples: readonly HealthSample[] }): ReactNode {
  const { t, i18n } = useTranslation();
  const timeText = useTimeText();
  const locale = readersLocale(i18n.language);
  const written = (value: number): string => figureText(locale, chart.unit, value);
  const lines = chart.lines.map(({ name, figure }) => ({ name, values: samples.map(sample => sample[figure]) }));
  const limit = (chart.limit && samples.at(-1)?.[chart.limit]) ?? null;
  const top = topOf(
    lines.map(({ values }) => values),
    limit
  );
  const sentences = lines.map(({ name, values }) => {
    const facts = lineFactsOf(values);
    const line = t(`health.charts.lines.${name}`);
    if (facts === null) return t('health.charts.none', { line });
    const range = { line, least: written(facts.least), most: written(facts.most) };
    return facts.last === null ? t('health.charts.past', range) : t('health.charts.summary', { ...range, last: written(facts.last) });
  });
  const used = lines[0]?.values.at(-1) ?? null;
  if (limit !== null && used !== null)
    sentences.push(t('health.charts.limit', { limit: written(limit), share: shareText(locale, used / limit) }));
  const title = t(`health.charts.titles.${chart.name}`);
  return (
    <Card withBorder padding="md" data-chart={chart.name}>
      <Group justify="space-between" wrap="nowrap" align="baseline" mb={4}>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="xs" c="dimmed" className={classes.top} aria-hidden>
          {written(top)}
        </Text>
      </Group>
      <LineChart label={`${title}. ${sentences.join(' ')}`} top={top} lines={lines.map(({ values }) => values)} />
      <Group justify="space-between" wrap="nowrap" mb={4}>
        {[samples[0], samples.at(-1)].map((sample, index) => (
          <Text key={index} size="xs" c="dimmed">
            {timeText(sample?.at)}
          </Text>
        ))}
      </Group>
      {sentences.map((sentence, index) => (
        <Text key={index} size="sm" className={index < lines.length ? (index === 0 ? classes.firstName : classes.secondName) : undefined}>
          {sentence}
        </Text>
      ))}
    </Card>
  );
}
