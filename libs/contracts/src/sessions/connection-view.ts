/** Codes of the connection API and their names; the spelling of 1 is that of its document. */
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

/** What the phone used to tell a linked device. WhatsApp does not any more: those fields are `null`. */
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
  /** Name of the account. */
  pushname: string | null;
  protoVersion: null;
  plugged: null;
  /** Platform of the phone, such as `iphone` or `android`. */
  platform: string | null;
  /** Jid of the account's phone number. */
  wid: string | null;
  connected: boolean;
  isResponse: null;
  binVersion: null;
  locales: null;
}

/** The connection of a session as the connection API tells it. */
export interface ConnectionData {
  status: ConnectionCode;
  statusString: (typeof CONNECTION_STATUSES)[ConnectionCode];
  connected: boolean;
  ConnectionInfo: ConnectionInfo;
  /** The id of the session. */
  WebID: string;
  /** The address of the webhook that `set_config` created. */
  Webhook: string | null;
  /** Name of the browser that the session presents. */
  UserAgent: string;
  /** Whether an account is linked, so that connecting needs no QR code. */
  CanRestoreConnection: boolean;
  stats: {
    Contacts: null;
    Chats: null;
    SentBytes: null;
    ReceveidBytes: null;
    /** Totals over the lifetime of the session; an addition to the documented fields. */
    MessagesSent: number;
    MessagesReceived: number;
    Events: number;
  };
  /** NATS stores events and credentials of all sessions together, so there are no files to count. */
  storage: { Name: string; Bytes: null; Files: null; Subs: null };
  /** The secret that verifies deliveries. Only the `set_config` that created the webhook returns it. */
  WebhookSecret?: string;
}

/** A QR code to scan, or why there is none. */
export type GeneratedQr =
  | {
      /** A data URL: `data:image/svg+xml;base64,…`. */
      qr: string;
      status: 1;
      error: '';
      /** For how many more seconds the code is valid. */
      ttl: number;
    }
  | { status: 0; error: string; ttl: 0 };

/**
 * The answer to closing and restoring: `Status` is the JSON text of `ConnectionData`. `sucesso` is `false` if the state was not reached in time; it may still
 * be reached.
 */
export interface ConnectionChange {
  sucesso: boolean;
  Status: string;
}

export interface Cleared {
  status: boolean;
  message: string;
}
