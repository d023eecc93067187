import type { HealthSample } from '@wabus/contracts';
import type { FigureUnit } from './figure-units.policy.js';

type Figure = Exclude<keyof HealthSample, 'at'>;
type LineName = 'messages' | 'commands' | 'deliveryTime' | 'commandTime' | 'webhooks' | 'models' | 'memory' | 'log';

export interface HealthChart {
  readonly name: 'rates' | 'times' | 'backlogs' | 'memory' | 'log';
  readonly unit: FigureUnit;
  readonly lines: readonly { readonly name: LineName; readonly figure: Figure }[];
  /** The figure that is drawn as the limit of the first line. */
  readonly limit?: Figure;
}

/** The charts in page order. */
export const HEALTH_CHARTS: readonly HealthChart[] = [
  {
    name: 'rates',
    unit: 'count',
    lines: [
      { name: 'messages', figure: 'messagesPerMinute' },
      { name: 'commands', figure: 'commandsPerMinute' }
    ]
  },
  {
    name: 'times',
    unit: 'seconds',
    lines: [
      { name: 'deliveryTime', figure: 'deliverySeconds' },
      { name: 'commandTime', figure: 'commandSeconds' }
    ]
  },
  {
    name: 'backlogs',
    unit: 'count',
    lines: [
      { name: 'webhooks', figure: 'webhookBacklog' },
      { name: 'models', figure: 'modelLag' }
    ]
  },
  { name: 'memory', unit: 'bytes', lines: [{ name: 'memory', figure: 'memoryBytes' }], limit: 'memoryLimitBytes' },
  { name: 'log', unit: 'bytes', lines: [{ name: 'log', figure: 'logBytes' }], limit: 'logLimitBytes' }
];
