/** What an edge measured over some seconds. `null` is what it cannot know: a time without anything timed, or an answer of NATS that did not come. */
export interface HealthSample {
  /** When the measured interval ended (ISO time). */
  at: string;
  /** Events of new messages that this edge received from the log, per minute. */
  messagesPerMinute: number | null;
  /** Commands that this edge finished, per minute. */
  commandsPerMinute: number | null;
  /** Mean time of an attempt to deliver to a webhook. */
  deliverySeconds: number | null;
  /** Mean time of a command. */
  commandSeconds: number | null;
  /** Events that wait for the webhooks of this edge. */
  webhookBacklog: number | null;
  /** Events that the read models do not hold yet; `null` unless this edge maintains them. */
  modelLag: number | null;
  /** Memory of the process. */
  memoryBytes: number | null;
  /** The maximum memory of the process; `null` without a limit. */
  memoryLimitBytes: number | null;
  /** Size of the event log. */
  logBytes: number | null;
  /** Size at which the log drops its oldest events; `null` without a limit. */
  logLimitBytes: number | null;
}

/** The last minutes of the edge that answers, oldest first. */
export interface HealthHistory {
  everySeconds: number;
  samples: HealthSample[];
}
