/** The operations of the process with stock Baileys sockets: `POST /<operation>` on its port with JSON arguments. */
export interface StockOperations {
  /** Connects one socket per account, and pairs it first if there are no stored credentials. Responds once all are open. */
  open(args: { phoneNumbers: string[] }): Record<string, never>;
  /** Sends texts from one socket, `parallel` at a time. Responds once all have been written to the network. */
  send(args: { phoneNumber: string; jid: string; messages: number; parallel: number }): Record<string, never>;
  /** Writes the credentials and keys of all sockets to the folder given at the start. */
  save(args: Record<string, never>): Record<string, never>;
  usage(args: Record<string, never>): StockUsage;
}

export interface StockUsage {
  /** Of the process, since its start. */
  cpuMs: number;
  rssBytes: number;
  /** Readable incoming messages that its sockets have emitted. */
  received: number;
}

/** Arguments of the process, as JSON in its first argument. */
export interface StockLaunch {
  port: number;
  simulatorUrl: string;
  simulatorControlUrl: string;
  /** The folder of saved credentials. */
  folder: string;
}
