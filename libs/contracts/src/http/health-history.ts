/** The measurements of an edge during one interval. A value is `null` if it is unknown: nothing was timed in the interval, or NATS did not reply. */
export interface HealthSample {
  /** When the interval ended, as an ISO time. */
  at: string;
  /** The number of events about new messages that this edge received from the log, per minute. */
  messagesPerMinute: number | null;
  /** The number of commands that this edge finished, per minute. */
  commandsPerMinute: number | null;
  /** The mean time of an attempt to deliver to a webhook, in seconds. */
  deliverySeconds: number | null;
  /** The mean time of a command, in seconds. */
  commandSeconds: number | null;
  /** The number of events that wait for the webhooks of this edge. */
  webhookBacklog: number | null;
  /** The number of events that the read models do not contain yet; `null` unless this edge maintains them. */
  modelLag: number | null;
  /** The memory that the process uses, in bytes. */
  memoryBytes: number | null;
  /** The maximum memory of the process, in bytes; `null` without a limit. */
  memoryLimitBytes: number | null;
  /** The size of the event log, in bytes. */
  logBytes: number | null;
  /** The size at which the log drops its oldest events, in bytes; `null` without a limit. */
  logLimitBytes: number | null;
}

/** Measurements of the edge that replies, over the last minutes, oldest first. */
export interface HealthHistory {
  everySeconds: number;
  samples: HealthSample[];
}
