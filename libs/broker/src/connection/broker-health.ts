/** Whether the broker answers and stores, for readiness checks. */
export abstract class BrokerHealth {
  /**
   * Settles when the connection is up, JetStream answers, and what this process wrote lately was stored. Throws `BROKER_UNAVAILABLE` otherwise,
   * within two seconds; with `details.notStored`, names of streams, when it answers but does not store.
   */
  abstract check(): Promise<void>;
}
