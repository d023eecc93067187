/** The codes of the connection API and their names. The spelling of 1 is that in its document. */
export const CONNECTION_STATUSES = {
  0: 'noConnection',
  1: 'webSocketOpenining',
  2: 'webSocketOpen',
  3: 'waitForQRAuthentication',
  4: 'Starting',
  10: 'WhatsAppAuthenticated',
  11: 'WhatsAppAuthenticatedConnectionClosed',
  13: 'WhatsAppNotAuthenticated'
} as const;

export type ConnectionCode = keyof typeof CONNECTION_STATUSES;

/** Information about the phone. Fields that are always `null` are those that WhatsApp no longer reports to linked devices. */
export interface ConnectionInfo {
  lg: null;
  lc: null;
  phone: {
    device_model: null;
    wa_version: null;
    mcc: null;
    os_version: null;
    os_build_number: null;
    device_manufacturer: null;
    mnc: null;
  };
  battery: null;
  tos: null;
  /** The name of the account. */
  pushname: string | null;
  protoVersion: null;
  plugged: null;
  /** The platform of the phone, such as `iphone` or `android`. */
  platform: string | null;
  /** The jid of the account's phone number. */
  wid: string | null;
  connected: boolean;
  isResponse: null;
  binVersion: null;
  locales: null;
}

/** The connection of a session in the form of the connection API. */
export interface ConnectionData {
  status: ConnectionCode;
  statusString: (typeof CONNECTION_STATUSES)[ConnectionCode];
  connected: boolean;
  ConnectionInfo: ConnectionInfo;
  /** The id of the session. */
  WebID: string;
  /** The URL of the webhook that `set_config` created. */
  Webhook: string | null;
  /** The name of the browser that the session presents. */
  UserAgent: string;
  /** Whether an account is linked, so that connecting needs no QR code. */
  CanRestoreConnection: boolean;
  stats: {
    Contacts: null;
    Chats: null;
    SentBytes: null;
    ReceveidBytes: null;
    /** The number of messages sent over the lifetime of the session; an addition to the documented fields. */
    MessagesSent: number;
    /** The number of messages received over the lifetime of the session; an addition to the documented fields. */
    MessagesReceived: number;
    /** The number of events stored over the lifetime of the session; an addition to the documented fields. */
    Events: number;
  };
  /** There are no files to count: NATS stores events and credentials of all sessions together. */
  storage: { Name: string; Bytes: null; Files: null; Subs: null };
  /** The secret for verifying deliveries. Only the `set_config` that created the webhook returns it. */
  WebhookSecret?: string;
}

/** A QR code to scan, or the reason why there is none. */
export type GeneratedQr =
  | {
      /** A data URL: `data:image/svg+xml;base64,…`. */
      qr: string;
      status: 1;
      error: '';
      /** How long the code remains valid, in seconds. */
      ttl: number;
    }
  | { status: 0; error: string; ttl: 0 };

/**
 * The reply to closing and restoring a session. `Status` is the JSON text of `ConnectionData`. `sucesso` is `false` if the session did not reach the state in
 * time; it may still reach it later.
 */
export interface ConnectionChange {
  sucesso: boolean;
  Status: string;
}

export interface Cleared {
  status: boolean;
  message: string;
}
