import type { SampleFigures } from './sample.figures.js';

/** One figure beside its target; all times in ms. */
export interface ChaosFigure {
  readonly name: string;
  readonly measured: Record<string, number | number[]> | SampleFigures;
  readonly target: Record<string, number> | null;
  readonly met: boolean | null;
}

/** A figure that meets its target when no measured value of the same name is above it. */
export function figure(name: string, measured: ChaosFigure['measured'], target: Record<string, number> | null = null): ChaosFigure {
  const values = measured as Record<string, unknown>;
  return { name, measured, target, met: target && Object.entries(target).every(([key, limit]) => Number(values[key]) <= limit) };
}

/** One line for people. */
export function formatFigure({ name, measured, target, met }: ChaosFigure): string {
  const text = (values: object): string =>
    Object.entries(values)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(':') : String(value)}`)
      .join(', ');
  return `${met === null ? ' ' : met ? '✓' : '✗'} ${name}: ${text(measured)}${target ? ` (target: ${text(target)})` : ''}`;
}
