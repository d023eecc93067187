/** The parameters of a soak. */
export interface SoakPlan {
  readonly sessions: number;
  readonly lengthMs: number;
  /** The length of a simulated day, in which load rises and falls once. */
  readonly dayMs: number;
  /** Messages of contacts per second over all chats, at the mean of a day. */
  readonly perSecond: number;
}

/** The fault at the end of a stretch. `rest`: none. */
export type SoakFault = 'stop-connector' | 'kill-connector' | 'stop-edge' | 'kill-edge' | 'cut-whatsapp' | 'full-disk' | 'rest';

/** A part of a day with its own rate. */
export interface SoakStretch {
  readonly lengthMs: number;
  readonly perSecond: number;
  readonly fault: SoakFault;
}

const STRETCHES_A_DAY = 24;
/** One fault after another, with time to settle in between, so that growth can be distinguished from recovery. */
const FAULTS: readonly SoakFault[] = [
  'rest',
  'stop-connector',
  'rest',
  'kill-edge',
  'rest',
  'kill-connector',
  'rest',
  'stop-edge',
  'rest',
  'cut-whatsapp',
  'rest',
  'full-disk'
];

/** Returns the stretches of a soak: hours of a day with quiet nights, each followed by a fault. Pure. */
export function planSoak({ lengthMs, dayMs, perSecond }: SoakPlan): SoakStretch[] {
  const stretchMs = dayMs / STRETCHES_A_DAY;
  return Array.from({ length: Math.max(1, Math.round(lengthMs / stretchMs)) }, (_, i) => ({
    lengthMs: stretchMs,
    perSecond: Math.max(1, Math.round(perSecond * share(i % STRETCHES_A_DAY))),
    fault: FAULTS[i % FAULTS.length]!
  }));
}

/** Returns a factor from a tenth of the mean at night to twice the mean at noon and in the evening. */
function share(hour: number): number {
  const bump = (centre: number): number => Math.exp(-(((hour - centre) / 3) ** 2));
  return 0.1 + 1.9 * Math.max(bump(11), bump(19));
}
