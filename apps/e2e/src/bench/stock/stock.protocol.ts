/** What the process with stock Baileys sockets does on request: `POST /<operation>` on its port with JSON arguments. */
export interface StockOperations {
  /** Connects one socket per account, pairing first where there are no stored credentials. Settles when all are open. */
  open(args: { phoneNumbers: string[] }): Record<string, never>;
  /** Sends texts from one socket, `parallel` at a time. Settles when all were handed to the network. */
  send(args: { phoneNumber: string; jid: string; messages: number; parallel: number }): Record<string, never>;
  /** Writes the credentials and keys of all sockets to the folder given at the start. */
  save(args: Record<string, never>): Record<string, never>;
  usage(args: Record<string, never>): StockUsage;
}

export interface StockUsage {
  /** Of the process, since its start. */
  cpuMs: number;
  rssBytes: number;
  /** Readable messages of others that its sockets have emitted. */
  received: number;
}

/** Arguments of the process, as JSON in its first argument. */
export interface StockLaunch {
  port: number;
  simulatorUrl: string;
  simulatorControlUrl: string;
  /** Where credentials are saved to and read from. */
  folder: string;
}
