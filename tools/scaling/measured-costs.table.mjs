// @ts-check
// The figures in docs/operations/performance.md and docs/scaling.md, which were measured on one machine with two cores. All other numbers of
// the simulation are derived from these.

export const COSTS = {
  /** CPU time of one inbound message in ms, with at least 20 busy sessions. */
  cpuMs: { connector: 1.05, edge: 0.55, nats: 0.84 },
  /**
   * The factor by which the NATS servers of a three-node cluster together use more CPU than a single server (0.82 against 0.49 ms for three
   * pipelined publishes).
   */
  clusterCpuFactor: 1.7,
  /** Events per message. */
  eventsPerMessage: 3,
  /** Stored size of one event in the log, bytes. */
  storedBytes: 1_130,
  /** Bytes that one message writes to the disk of each server. */
  writtenBytes: 23_000,
  /** Resident memory of one idle session, bytes. */
  sessionBytes: 1.0 * 2 ** 20,
  /** Memory of one of our processes without sessions, bytes. */
  processBytes: 150 * 2 ** 20,
  /** Events per second that the leader of one stream with three replicas stores, each on disk. */
  streamEventsPerSecond: 27_000,
  /** Stored size of one session in a bucket: its records and its ring, bytes. */
  stateBytes: 0.3 * 2 ** 20,
  /** Sessions per second that one connector takes over. */
  movesPerSecond: 10,
  /** Memory that NATS uses for each subject of a stream with one key per subject, in bytes (approximate). */
  subjectBytes: 120,
  /** Keys of one linked session in all buckets (its 812 pre-keys are in chunks). */
  keysPerSession: 140
};

/** A plan for machines. The prices are fictitious list prices: replace them with yours. */
export const MACHINES = {
  cores: 8,
  /** Usable share of a core: beyond it, latency increases. */
  usable: 0.5,
  memoryBytes: 32 * 2 ** 30,
  diskBytes: 4e12,
  diskWritesPerSecond: 400e6,
  networkBytesPerSecond: 1.25e9,
  pricePerMonth: 250
};
