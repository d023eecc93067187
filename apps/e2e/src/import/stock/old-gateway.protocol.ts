/** The operations of the old gateway: `POST /<operation>` on its port with JSON arguments. */
export interface OldGatewayOperations {
  /** Links by QR code and responds once the session is open and has received its backlog. */
  link(args: { phoneNumber: string }): Record<string, never>;
  send(args: { jid: string; text: string }): Record<string, never>;
  /** Responds once a text has arrived. */
  awaitText(args: { text: string }): Record<string, never>;
}

/** Arguments of the process, as JSON in its first argument. */
export interface OldGatewayLaunch {
  port: number;
  simulatorUrl: string;
  simulatorControlUrl: string;
  /** The folder in which `useMultiFileAuthState` stores the session. */
  folder: string;
  /**
   * The implementation of sessions and sender keys: libsignal's JavaScript, as in Baileys,
   * or whatsapp-rust-bridge, in the form that whatsmeow's databases also contain.
   */
  ciphers: 'stock' | 'rust';
}
