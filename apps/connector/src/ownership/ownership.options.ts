/** Times in ms and counts of the ownership room. */
export interface OwnershipTiming {
  /** How often a connector renews its node key, ±10%. */
  readonly renewMs: number;
  /** After this time without a renewal, a connector fences itself: it closes its sockets and writes nothing more. */
  readonly selfFenceMs: number;
  /** After this silence, a connector's presence is checked repeatedly. */
  readonly askSilenceMs: number;
  /** A connector that is silent for this long and has no presence has crashed. */
  readonly crashSilenceMs: number;
  /**
   * A connector silent for this long is dead, whatever its presence. Longer than `selfFenceMs`, so that it has stopped before, and longer than a NATS election.
   */
  readonly hangSilenceMs: number;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** Number of consecutive `nobody` answers after which the process is gone. */
  readonly pingMisses: number;
  /** How often a connector reports its version, memory and processor use, together with a renewal. */
  readonly reportMs: number;
  /** How often the loop checks everything. */
  readonly tickMs: number;
  /** Sessions taken per tick, so that the sockets of a thousand sessions do not open at once. */
  readonly acquirePerTick: number;
  /** Sessions given to a better placed connector per tick: fewer than it can open, otherwise each waits for the others and is offline for longer. */
  readonly rebalancePerTick: number;
  /** A connector gets sessions of others only after this time since it joined. */
  readonly rebalanceAgeMs: number;
  /** How long the release of a session may take before ownership continues without it. */
  readonly releaseLimitMs: number;
}

/** For a NATS cluster: a leader that crashes is replaced after 4 to 9 seconds, during which no renewal is possible. */
export const CLUSTER_TIMING: OwnershipTiming = {
  renewMs: 1_000,
  selfFenceMs: 10_000,
  askSilenceMs: 1_750,
  crashSilenceMs: 2_500,
  hangSilenceMs: 15_000,
  pingIntervalMs: 250,
  pingTimeoutMs: 300,
  pingMisses: 3,
  reportMs: 10_000,
  tickMs: 200,
  acquirePerTick: 20,
  rebalancePerTick: 2,
  rebalanceAgeMs: 3_000,
  releaseLimitMs: 5_000
};

/** For a single nats-server, which has no elections: everything is detected earlier. Also for tests. */
export const SINGLE_SERVER_TIMING: OwnershipTiming = {
  ...CLUSTER_TIMING,
  renewMs: 200,
  selfFenceMs: 2_000,
  askSilenceMs: 400,
  crashSilenceMs: 600,
  hangSilenceMs: 3_000,
  pingIntervalMs: 100,
  pingTimeoutMs: 150,
  reportMs: 2_000,
  tickMs: 50,
  acquirePerTick: 5,
  rebalancePerTick: 1,
  rebalanceAgeMs: 500
};

export abstract class OwnershipOptions {
  /** The id of this connector: 1 to 64 characters of `A-Z a-z 0-9 _ -`, unique among all connectors at the same time. */
  abstract readonly connector: string;
  /** Share of the sessions relative to other connectors. Default 1. */
  abstract readonly weight?: number;
  /** Default `CLUSTER_TIMING`. */
  abstract readonly timing?: OwnershipTiming;
}

/** Throws an error with the reason if the times contradict one another or the id is invalid. */
export function checkOwnershipOptions({ connector, weight = 1, timing = CLUSTER_TIMING }: OwnershipOptions): void {
  const rules: [holds: boolean, rule: string][] = [
    [/^[A-Za-z0-9_-]{1,64}$/.test(connector), 'the connector id has 1 to 64 characters of A-Z a-z 0-9 _ -'],
    [weight > 0 && Number.isFinite(weight), 'the weight is a number above 0'],
    [timing.renewMs * 1.5 <= timing.askSilenceMs, 'askSilenceMs is at least one and a half times renewMs'],
    [timing.askSilenceMs <= timing.crashSilenceMs, 'askSilenceMs is at most crashSilenceMs'],
    [timing.renewMs * 2 <= timing.crashSilenceMs, 'crashSilenceMs is at least twice renewMs'],
    [timing.crashSilenceMs <= timing.selfFenceMs, 'selfFenceMs is at least crashSilenceMs'],
    [timing.selfFenceMs < timing.hangSilenceMs, 'hangSilenceMs is above selfFenceMs']
  ];
  const broken = rules.filter(([holds]) => !holds).map(([, rule]) => rule);
  if (broken.length > 0) throw new RangeError(`ownership options: ${broken.join('; ')}`);
}
