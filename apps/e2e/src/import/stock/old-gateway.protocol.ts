/** What the old gateway does on request: `POST /<operation>` on its port with JSON arguments. */
export interface OldGatewayOperations {
  /** Links by QR code and settles when the session is open, and past its backlog. */
  link(args: { phoneNumber: string }): Record<string, never>;
  send(args: { jid: string; text: string }): Record<string, never>;
  /** Settles when a text has arrived. */
  awaitText(args: { text: string }): Record<string, never>;
}

/** Arguments of the process, as JSON in its first argument. */
export interface OldGatewayLaunch {
  port: number;
  simulatorUrl: string;
  simulatorControlUrl: string;
  /** Where `useMultiFileAuthState` keeps the session. */
  folder: string;
  /** Who keeps sessions and sender keys: libsignal's JavaScript, as Baileys does, or whatsapp-rust-bridge, in the form that whatsmeow's databases hold too. */
  ciphers: 'stock' | 'rust';
}
