import type { ReactNode } from 'react';
import { Group, Text } from '@mantine/core';
import type { AttemptView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { topOf } from '../health/line-chart.policy.js';
import { LineChart } from '../health/line-chart.js';
import { ExactTime } from '../times/exact-time.js';
import { attemptBuckets } from './attempt-buckets.policy.js';
import classes from './webhooks.module.css';

const HEIGHT = 48;
const WIDTH = 8;
const GAP = 2;

/** The latest attempts over time: how many were delivered, how many failed, and the backlog, if there was one. */
export function AttemptsChart({ attempts }: { attempts: readonly AttemptView[] }): ReactNode {
  const { t } = useTranslation();
  // The chart ends at the newest attempt instead of now, so it does not move while nothing happens.
  const buckets = attemptBuckets(attempts, Math.max(...attempts.map(({ at }) => Date.parse(at))) + 1);
  if (buckets.length === 0) return null;
  const most = Math.max(...buckets.map(({ delivered, failed }) => delivered + failed));
  const [delivered, failed] = buckets.reduce(([one, two], bucket) => [one + bucket.delivered, two + bucket.failed], [0, 0]);
  const waiting = buckets.map(bucket => bucket.waiting);
  const mostWaiting = Math.max(0, ...waiting.map(count => count ?? 0));
  const scale = (count: number): number => (count / most) * HEIGHT;
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 0 ${buckets.length * (WIDTH + GAP)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('webhooks.chart', { delivered, failed })}
        data-chart={`${delivered} ${failed}`}
      >
        {buckets.map((bucket, index) => (
          <g key={bucket.from}>
            <title>{t('webhooks.chart', { delivered: bucket.delivered, failed: bucket.failed })}</title>
            <rect
              className={classes.delivered}
              x={index * (WIDTH + GAP)}
              y={HEIGHT - scale(bucket.delivered)}
              width={WIDTH}
              height={scale(bucket.delivered)}
            />
            <rect
              className={classes.failed}
              x={index * (WIDTH + GAP)}
              y={HEIGHT - scale(bucket.delivered + bucket.failed)}
              width={WIDTH}
              height={scale(bucket.failed)}
            />
          </g>
        ))}
      </svg>
      <Group justify="space-between" component="figcaption">
        <Text size="xs" c="dimmed">
          <ExactTime at={buckets[0]!.from} />
        </Text>
        <Text size="xs" c="dimmed">
          {t('webhooks.chart', { delivered, failed })}
        </Text>
      </Group>
      {mostWaiting > 0 && (
        <div className={classes.waiting} data-waiting={mostWaiting}>
          <LineChart label={t('webhooks.chartWaiting', { count: mostWaiting })} top={topOf([waiting], null)} lines={[waiting]} />
          <Text size="xs" c="dimmed">
            {t('webhooks.chartWaiting', { count: mostWaiting })}
          </Text>
        </div>
      )}
    </figure>
  );
}
