import type { Addressing } from './addressing.js';
import type { IgnorableChats } from './ignored-chats.js';
import type { PasskeyCodeRule } from './passkey.js';
import type { SealedSecret } from './sealed-secret.codec.js';

/** The identity that a session presents: the phone lists it as "<name> (<os>)". */
export interface BrowserIdentity {
  /** The system, such as `Mac OS`; WhatsApp shows any text as it is. */
  os: string;
  /** A browser that WhatsApp has an icon for; see `BROWSERS`. */
  name: string;
  version: string;
}

/** Three numbers of a version of WhatsApp Web. */
export type WhatsAppVersion = [number, number, number];

/** The settings of one session, part of its record. Identity, version and addressing apply from its next connection. */
export interface SessionSettings {
  /** `null`: that of the connector. A phone learns it when it links the session and keeps showing it. */
  readonly browser: BrowserIdentity | null;
  /** `null`: that of the connector. */
  readonly version: WhatsAppVersion | null;
  /** The proxy that carries its connections to WhatsApp; `null`: that of the connector, if there is one. */
  readonly proxy: StoredProxy | null;
  /** The webhook made by the settings, `null` without one. */
  readonly webhookId: string | null;
  /** Whether the webhook gets several events in one request. Kept here too, for a webhook that is yet to come. */
  readonly bulk: boolean;
  /** When the code of a passkey link has to be compared. Missing in older records: `auto`. */
  readonly passkeyCode?: PasskeyCodeRule;
  /** Kinds of chats of which nothing is emitted. Missing in older records: none. */
  readonly ignore?: readonly IgnorableChats[];
  /** The kind of jid that direct messages are sent to. `null`, or missing in older records: the setting of the connector. */
  readonly addressing?: Addressing | null;
}

export const DEFAULT_SETTINGS: SessionSettings = { browser: null, version: null, proxy: null, webhookId: null, bulk: false };

/** A proxy as the record of a session holds it. */
export interface StoredProxy {
  /** Without user and password. */
  readonly url: string;
  /** User and password, sealed for the connectors; `null` when there are none. */
  readonly credentials: SealedSecret | null;
}

/** What the credentials of a stored proxy are sealed for: they open for this session and this proxy only. */
export const proxyContext = (session: string, url: string): string => `proxy\n${session}\n${url}`;

/** A proxy as clients see it: user and password are never shown. */
export interface ProxyView {
  url: string;
  /** Whether it is used with a user and a password. */
  authenticated: boolean;
}

/** Settings as clients see them. */
export interface SessionSettingsView {
  session: string;
  /** The identity that the session presents, even if it was not set. */
  browser: BrowserIdentity;
  /** Such as `2.3000.1027934701`; `null` for the connector's. */
  version: string | null;
  /** The proxy of the session, without user and password; `null` if the session has none. */
  proxy: ProxyView | null;
  /** The address of the webhook in these settings; `null` if there is none. Other webhooks of the session are not listed here. */
  webhook: string | null;
  webhookId: string | null;
  bulk: boolean;
  /** When somebody must compare the code of a passkey link. */
  passkeyCode: PasskeyCodeRule;
  /** The kinds of chats whose events are not emitted. */
  ignore: readonly IgnorableChats[];
  /** The kind of jid that direct messages are sent to; `null` for the connector's setting. */
  addressing: Addressing | null;
  /** The secret that verifies deliveries. Only the request that created the webhook returns it. */
  webhookSecret?: string;
}
