import { seededRandom, type Random } from '../seeded-random.js';

/**
 * A fault of the storm. `connector`: SIGKILL of one that runs; `outage`: of all, for longer than the broker recognizes an id; `nats`, `edge`: SIGKILL and
 * restart; `whatsapp`: every link of connectors to WhatsApp reset, or (`hole`) silent; `leader`: SIGKILL of the node that leads the event stream;
 * `stall`: NATS answers nothing, and meanwhile every link to WhatsApp is reset.
 */
export type FaultKind = 'connector' | 'outage' | 'nats' | 'edge' | 'whatsapp' | 'hole' | 'leader' | 'stall';

export interface StormFault {
  readonly kind: FaultKind;
  /** The fault is injected once this many messages are sent. */
  readonly atMessage: number;
  /** And so much later, so that it falls anywhere between two messages. */
  readonly delayMs: number;
  /** How long it lasts before what was killed is started again. */
  readonly downMs: number;
  /** From 0 to below 1: which of the possible targets. */
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
/** Before the first fault and after the last one, so that the first one meets a running storm and the last recovery happens under load. */
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

/** The time of each fault: each kind at random moments over the whole storm, the same for the same seed. Oldest first. Pure. */
export function scheduleStorm({ seed, messages, faults, dedupWindowMs }: FaultPlan): StormFault[] {
  const random = seededRandom(seed);
  const schedule = (Object.entries(faults) as [FaultKind, number][]).flatMap(([kind, times]) =>
    Array.from({ length: times }, (_, i): StormFault => {
      // One in each of equal stretches: random, but never all in one heap.
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
