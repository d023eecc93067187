/** The build that a process runs. */
export type Build = 'old' | 'new';
export type ProcessKind = 'connector' | 'edge';

/** One replacement of all processes. */
export interface UpgradePass {
  readonly to: Build;
  /** The kind that is replaced first. */
  readonly first: ProcessKind;
  /** Kinds whose processes all stop before the first one of the other build starts. */
  readonly together: readonly ProcessKind[];
}

/** Stops these processes of one kind and restarts them with a build. */
export interface UpgradeStep {
  readonly kind: ProcessKind;
  /** Indexes from 0. */
  readonly indexes: readonly number[];
  readonly to: Build;
}

/** The format number that a build writes, by stream name. */
export type FormatNumbers = Readonly<Record<string, number>>;

const BOTH = ['connector', 'edge'] as const;
/** The kinds of processes that read each stream, and so check its format before they start. */
export const STREAM_USERS: Readonly<Record<string, readonly ProcessKind[]>> = {
  WABUS_EVENTS: BOTH,
  KV_WABUS_REGISTRY: BOTH,
  KV_WABUS_OWNERSHIP: ['connector'],
  KV_WABUS_TOKENS: ['edge'],
  KV_WABUS_WEBHOOKS: ['edge'],
  KV_WABUS_SUBSCRIPTIONS: ['edge'],
  KV_WABUS_MODELS: ['edge'],
  OBJ_WABUS_MEDIA: BOTH,
  OBJ_WABUS_EVENT_PARTS: BOTH
};

/** Returns the streams whose format the new build has raised. Pure. */
export function raisedFormats(old: FormatNumbers, present: FormatNumbers): string[] {
  return Object.keys(present)
    .filter(stream => present[stream]! > (old[stream] ?? 1))
    .sort();
}

/**
 * Returns up, down and up again in the order of the documentation, and the same in the other order. If formats were raised, a downgrade is not
 * possible, and the processes that use such a stream stop together. Pure.
 */
export function passesAcross(raised: readonly string[]): UpgradePass[] {
  if (raised.length > 0) {
    const together = BOTH.filter(kind => raised.some(stream => (STREAM_USERS[stream] ?? BOTH).includes(kind)));
    return [{ to: 'new', first: 'connector', together }];
  }
  return (
    [
      ['new', 'connector'],
      ['old', 'connector'],
      ['new', 'edge'],
      ['old', 'edge'],
      ['new', 'connector']
    ] as const
  ).map(([to, first]) => ({ to, first, together: [] }));
}

/** Returns every step of these passes, in order. Pure. */
export function planUpgrade(passes: readonly UpgradePass[], counts: Readonly<Record<ProcessKind, number>>): UpgradeStep[] {
  return passes.flatMap(({ to, first, together }) =>
    [first, first === 'edge' ? ('connector' as const) : ('edge' as const)].flatMap(kind => {
      const all = Array.from({ length: counts[kind] }, (_, i) => i);
      return (together.includes(kind) ? [all] : all.map(i => [i])).map(indexes => ({ kind, indexes, to }));
    })
  );
}
