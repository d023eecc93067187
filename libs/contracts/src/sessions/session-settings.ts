import type { PasskeyCodeRule } from './passkey.js';

/** What a session says of itself when it connects: the phone lists it as "<name> (<os>)". */
export interface BrowserIdentity {
  /** Such as `Mac OS`; any text is shown as it is. */
  os: string;
  /** One that WhatsApp has an icon for, see `BROWSERS`. */
  name: string;
  version: string;
}

/** Three numbers of a version of WhatsApp Web. */
export type WhatsAppVersion = [number, number, number];

/** What an operator has set for one session; a part of its record. A session takes up identity and version when it connects the next time. */
export interface SessionSettings {
  /** `null`: that of the connector. A phone learns it when it links the session and keeps showing it. */
  readonly browser: BrowserIdentity | null;
  /** `null`: that of the connector. */
  readonly version: WhatsAppVersion | null;
  /** The webhook made by the settings, `null` without one. */
  readonly webhookId: string | null;
  /** Whether the webhook gets several events in one request. Kept here too, for a webhook that is yet to come. */
  readonly bulk: boolean;
  /** When the code of a link by passkey has to be compared. Missing in older records: `auto`. */
  readonly passkeyCode?: PasskeyCodeRule;
}

export const DEFAULT_SETTINGS: SessionSettings = { browser: null, version: null, webhookId: null, bulk: false };

/** Settings as clients see them. */
export interface SessionSettingsView {
  session: string;
  /** What the session calls itself, also when it was not set. */
  browser: BrowserIdentity;
  /** Such as `2.3000.1027934701`; `null` for the connector's. */
  version: string | null;
  /** Where its events are POSTed by a webhook of these settings; `null` for nowhere. Other webhooks of the session are not named here. */
  webhook: string | null;
  webhookId: string | null;
  bulk: boolean;
  /** When the code of a link by passkey has to be compared. */
  passkeyCode: PasskeyCodeRule;
  /** Told once, by the answer to the request that made the webhook: with it deliveries are checked. */
  webhookSecret?: string;
}
