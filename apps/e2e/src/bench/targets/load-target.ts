/** The usage of a process since its start. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Readable incoming messages that it has fully processed: emitted by a stock socket, or stored in the event log by a connector. */
  readonly received: number;
}

export interface SendOrder {
  readonly phoneNumber: string;
  readonly jid: string;
  readonly messages: number;
  /** How many are in progress at the same time. */
  readonly parallel: number;
}

/** A process with linked devices that is measured under load. */
export abstract class LoadTarget implements AsyncDisposable {
  abstract readonly name: string;
  /** The accounts whose linked devices it runs. */
  abstract readonly phoneNumbers: string[];

  abstract usage(): Promise<Usage>;
  /** Resolves once all texts are sent. */
  abstract send(order: SendOrder): Promise<void>;
  abstract stop(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
