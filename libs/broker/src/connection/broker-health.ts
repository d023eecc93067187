/** Whether the broker answers, for readiness checks. */
export abstract class BrokerHealth {
  /** Settles when the connection is up and JetStream answers. Throws `BROKER_UNAVAILABLE` otherwise, within two seconds. */
  abstract check(): Promise<void>;
}
