import type { ReactNode } from 'react';
import { pathOf, type ChartValues } from './line-chart.policy.js';
import classes from './health.module.css';

const SIZE = { width: 300, height: 72 };
/** So that a line at the edge of the drawing is seen whole. */
const MARGIN = 3;

interface LineChartProps {
  /** What the drawing says, for those who do not see it. */
  readonly label: string;
  readonly top: number;
  readonly lines: readonly ChartValues[];
}

/** Lines over time, at most two: the second is dashed, so that nobody needs the colors. */
export function LineChart({ label, top, lines }: LineChartProps): ReactNode {
  const { width, height } = SIZE;
  return (
    <svg
      className={classes.drawing}
      viewBox={`${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {[0, height / 2, height].map(y => (
        <path key={y} className={classes.grid} d={`M0 ${y}H${width}`} />
      ))}
      {lines.map((values, index) => (
        <path key={index} className={index === 0 ? classes.first : classes.second} d={pathOf(values, top, SIZE)} />
      ))}
    </svg>
  );
}
