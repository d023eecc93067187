/** What a process has used since its start. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Readable messages of others that it has taken in for good: emitted by a stock socket, stored in the event log by a connector. */
  readonly received: number;
}

export interface SendOrder {
  readonly phoneNumber: string;
  readonly jid: string;
  readonly messages: number;
  /** How many are in progress at a time. */
  readonly parallel: number;
}

/** A process with linked devices that is measured under load. */
export abstract class LoadTarget implements AsyncDisposable {
  abstract readonly name: string;
  /** The accounts whose linked devices it runs. */
  abstract readonly phoneNumbers: string[];

  abstract usage(): Promise<Usage>;
  /** Settles when all texts are sent. */
  abstract send(order: SendOrder): Promise<void>;
  abstract stop(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
