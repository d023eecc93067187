import type { ReactNode } from 'react';
import { pathOf, type ChartValues } from './line-chart.policy.js';
import classes from './health.module.css';

const SIZE = { width: 300, height: 72 };
/** Keeps a line at the edge of the drawing fully visible. */
const MARGIN = 3;

interface LineChartProps {
  /** The text alternative of the drawing. */
  readonly label: string;
  readonly top: number;
  readonly lines: readonly ChartValues[];
}

/** Lines over time, at most two. The second is dashed, so that the chart is readable without its colors. */
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
