import type { Addressing } from './addressing.js';
import type { IgnorableChats } from './ignored-chats.js';
import type { PasskeyCodeRule } from './passkey.js';
import type { SealedSecret } from './sealed-secret.codec.js';

/** The identity that a session presents: the phone lists it as "<name> (<os>)". */
export interface BrowserIdentity {
  /** The operating system, such as `Mac OS`. WhatsApp shows any text unchanged. */
  os: string;
  /** A browser for which WhatsApp has an icon: `Chrome`, `Firefox`, `IE`, `Opera`, `Safari`, `Edge` or `Desktop`. */
  name: string;
  version: string;
}

/** The three numbers of a version of WhatsApp Web. */
export type WhatsAppVersion = [number, number, number];

/** The settings of one session, which are part of its record. Identity, version, proxy and addressing take effect at the next connection. */
export interface SessionSettings {
  /** The browser identity; `null` for the connector's. A phone receives it when it links the session, and keeps showing it. */
  readonly browser: BrowserIdentity | null;
  /** The version of WhatsApp Web; `null` for the connector's. */
  readonly version: WhatsAppVersion | null;
  /** The proxy for the connections to WhatsApp; `null` for the connector's, if it has one. */
  readonly proxy: StoredProxy | null;
  /** The id of the webhook that the settings created; `null` if there is none. */
  readonly webhookId: string | null;
  /** Whether a request to the webhook may contain several events. It is stored here for a webhook that is created later. */
  readonly bulk: boolean;
  /** When somebody must compare the code of a passkey link. Missing in older records, where it is `auto`. */
  readonly passkeyCode?: PasskeyCodeRule;
  /** The kinds of chats whose events are not emitted. Missing in older records, where there are none. */
  readonly ignore?: readonly IgnorableChats[];
  /** The kind of jid that direct messages are sent to. `null`, or missing in older records: the setting of the connector. */
  readonly addressing?: Addressing | null;
}

export const DEFAULT_SETTINGS: SessionSettings = { browser: null, version: null, proxy: null, webhookId: null, bulk: false };

/** A proxy as stored in the record of a session. */
export interface StoredProxy {
  /** The URL without user and password. */
  readonly url: string;
  /** The user and password, sealed for the connectors; `null` if there are none. */
  readonly credentials: SealedSecret | null;
}

/** Returns the context for sealing the credentials of a proxy: they can be opened only for this session and this proxy. */
export const proxyContext = (session: string, url: string): string => `proxy\n${session}\n${url}`;

/** A proxy as clients see it, without user and password. */
export interface ProxyView {
  url: string;
  /** Whether the proxy has a user and a password. */
  authenticated: boolean;
}

/** The settings of a session as clients see them. */
export interface SessionSettingsView {
  session: string;
  /** The identity that the session presents, even if it is not set. */
  browser: BrowserIdentity;
  /** The version of WhatsApp Web, such as `2.3000.1027934701`; `null` for the connector's. */
  version: string | null;
  /** The proxy of the session, without user and password; `null` if the session has none. */
  proxy: ProxyView | null;
  /** The URL of the webhook in these settings; `null` if there is none. Other webhooks of the session are not listed here. */
  webhook: string | null;
  webhookId: string | null;
  bulk: boolean;
  /** When somebody must compare the code of a passkey link. */
  passkeyCode: PasskeyCodeRule;
  /** The kinds of chats whose events are not emitted. */
  ignore: readonly IgnorableChats[];
  /** The kind of jid that direct messages are sent to; `null` for the connector's setting. */
  addressing: Addressing | null;
  /** The secret for verifying deliveries. Only the request that created the webhook returns it. */
  webhookSecret?: string;
}
