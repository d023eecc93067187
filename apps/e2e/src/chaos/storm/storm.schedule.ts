import { seededRandom, type Random } from '../seeded-random.js';

/**
 * A fault of the storm. `connector`: SIGKILL of one running connector; `outage`: of all, for longer than the broker recognizes an id; `nats`, `edge`:
 * SIGKILL and restart; `whatsapp`: every link of connectors to WhatsApp reset, or (`hole`) silent; `leader`: SIGKILL of the node that leads the event
 * stream; `stall`: NATS does not respond, and every link to WhatsApp is reset in the meantime.
 */
export type FaultKind = 'connector' | 'outage' | 'nats' | 'edge' | 'whatsapp' | 'hole' | 'leader' | 'stall';

export interface StormFault {
  readonly kind: FaultKind;
  /** The fault is injected once this many messages have been sent. */
  readonly atMessage: number;
  /** Additional delay, so that the fault can fall anywhere between two messages. */
  readonly delayMs: number;
  /** The duration of the fault before killed processes are restarted. */
  readonly downMs: number;
  /** From 0 to below 1: selects one of the possible targets. */
  readonly pick: number;
}

export interface FaultPlan {
  readonly seed: number;
  /** Messages over which the faults are spread. */
  readonly messages: number;
  /** How often each fault is injected. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** An outage lasts longer than this. */
  readonly dedupWindowMs: number;
}

const MAX_DELAY_MS = 400;
/**
 * The share of messages before the first fault and after the last one, so that
 * the first one meets a running storm and the last recovery happens under load.
 */
const CALM_SHARE = 0.04;
const DOWN_MS: Readonly<Record<FaultKind, readonly [from: number, to: number]>> = {
  connector: [0, 1_500],
  outage: [1_000, 2_000],
  nats: [200, 2_000],
  edge: [0, 2_000],
  whatsapp: [0, 1_500],
  hole: [500, 2_500],
  leader: [500, 3_000],
  stall: [1_000, 3_000]
};

/** Returns the time of each fault: each kind at random times over the whole storm, the same for the same seed. Oldest first. Pure. */
export function scheduleStorm({ seed, messages, faults, dedupWindowMs }: FaultPlan): StormFault[] {
  const random = seededRandom(seed);
  const schedule = (Object.entries(faults) as [FaultKind, number][]).flatMap(([kind, times]) =>
    Array.from({ length: times }, (_, i): StormFault => {
      // One fault in each of several equal stretches: random, but never all at once.
      const share = (i + random()) / times;
      const [from, to] = DOWN_MS[kind];
      return {
        kind,
        atMessage: Math.round(messages * (CALM_SHARE + share * (1 - 2 * CALM_SHARE))),
        delayMs: between(random, 0, MAX_DELAY_MS),
        downMs: between(random, from, to) + (kind === 'outage' ? dedupWindowMs : 0),
        pick: random()
      };
    })
  );
  return schedule.sort((one, other) => one.atMessage - other.atMessage);
}

function between(random: Random, from: number, to: number): number {
  return Math.round(from + random() * (to - from));
}
