// @ts-check
// What docs/operations/performance.md and docs/scaling.md measured on one machine with two cores. The simulation takes everything else from here.

export const COSTS = {
  /** CPU of one inbound message, ms, with 20 busy sessions or more. */
  cpuMs: { connector: 1.05, edge: 0.55, nats: 0.84 },
  /** How much more CPU the NATS servers of a cluster of three use together than a single one (0.82 against 0.49 ms for three pipelined publishes). */
  clusterCpuFactor: 1.7,
  /** Events that one message makes. */
  eventsPerMessage: 3,
  /** What remains in the log of one event, bytes. */
  storedBytes: 1_130,
  /** What one message writes to the disk of each server, bytes. */
  writtenBytes: 23_000,
  /** Resident memory of one idle session, bytes. */
  sessionBytes: 1.0 * 2 ** 20,
  /** A process of ours without sessions, bytes. */
  processBytes: 150 * 2 ** 20,
  /** Events a second that the leader of one stream with three copies stores, each on disk. */
  streamEventsPerSecond: 27_000,
  /** What a bucket keeps of one session: its records and its ring, bytes. */
  stateBytes: 0.3 * 2 ** 20,
  /** Sessions a second that one connector takes over. */
  movesPerSecond: 10,
  /** Subjects of a stream that list one key each: NATS holds about this many bytes of memory for each. */
  subjectBytes: 120,
  /** Keys of one session in all buckets, once linked (812 pre-keys are in chunks). */
  keysPerSession: 140
};

/** A plan for machines. Prices are list prices of nobody: replace them by yours. */
export const MACHINES = {
  cores: 8,
  /** Usable share of a core: beyond it, waiting times grow. */
  usable: 0.5,
  memoryBytes: 32 * 2 ** 30,
  diskBytes: 4e12,
  diskWritesPerSecond: 400e6,
  networkBytesPerSecond: 1.25e9,
  pricePerMonth: 250
};
