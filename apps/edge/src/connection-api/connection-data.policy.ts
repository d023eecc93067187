import {
  CONNECTION_STATUSES,
  DEFAULT_BROWSER,
  DEFAULT_SETTINGS,
  NOTHING_OBSERVED,
  type ConnectionData,
  type LinkedAccount,
  type SessionSettings,
  type SessionSettingsView,
  type SessionState,
  type SessionStatusRecord
} from '@wabus/contracts';
import { qrLeftMs } from '../commands-out/qr-lifetime.policy.js';
import { asksForPasskey } from '../commands-out/session-view.policy.js';
import type { KnownSession } from '../commands-out/session.registry.store.js';
import { connectionCode } from './connection-code.table.js';

/** A code that is about to expire cannot be scanned in time, so the next one is awaited. */
const LEAST_TTL_MS = 1_000;

export type QrOffer = 'linked' | 'none' | { readonly text: string; readonly ttlSeconds: number };

/**
 * Returns the QR code to scan now.
 * @param answering accepts only a code that the owner shows since it has seen the record of this time (`updatedAt`); `null` accepts any
 */
export function qrOffer(known: KnownSession | null, answering: string | null, now: number): QrOffer {
  const status: SessionStatusRecord | undefined = known?.status;
  if (status?.account) return 'linked';
  if (status?.state !== 'pairing' || !status.qr) return 'none';
  if (answering !== null && status.recordAt !== answering) return 'none';
  const ttlMs = qrLeftMs(status.qr, now);
  return ttlMs >= LEAST_TTL_MS ? { text: status.qr.text, ttlSeconds: Math.floor(ttlMs / 1_000) } : 'none';
}

/**
 * Returns a session as the connection API shows it.
 * @param webhook the address of its webhook, or `null` if there is none or the caller may not see it
 */
export function connectionData({ record, status }: KnownSession, webhook: string | null): ConnectionData {
  const state: SessionState = status?.state ?? (record.desired === 'running' ? 'starting' : 'stopped');
  const account = status?.account ?? null;
  const connected = state === 'open';
  const code = connectionCode({
    state,
    desired: record.desired,
    linked: account !== null,
    showsQr: Boolean(status?.qr),
    passkey: asksForPasskey(status)
  });
  const { messagesIn, messagesOut, eventsPublished } = { ...NOTHING_OBSERVED.counters, ...status?.counters };
  return {
    status: code,
    statusString: CONNECTION_STATUSES[code],
    connected,
    ConnectionInfo: connectionInfo(account, connected),
    WebID: record.session,
    Webhook: webhook,
    UserAgent: settingsOf({ record }).browser?.name ?? DEFAULT_BROWSER.name,
    CanRestoreConnection: account !== null,
    stats: {
      Contacts: null,
      Chats: null,
      SentBytes: null,
      ReceveidBytes: null,
      MessagesSent: messagesOut,
      MessagesReceived: messagesIn,
      Events: eventsPublished
    },
    storage: { Name: record.session, Bytes: null, Files: null, Subs: null }
  };
}

export function settingsOf({ record }: Pick<KnownSession, 'record'>): SessionSettings {
  // A record of an older release may lack a newer setting.
  return { ...DEFAULT_SETTINGS, ...record.settings };
}

/** Returns the settings of a session as clients see them. */
export function settingsView(known: Pick<KnownSession, 'record'>, webhook: string | null): SessionSettingsView {
  const { browser, version, proxy, webhookId, bulk, passkeyCode, ignore, addressing } = settingsOf(known);
  return {
    session: known.record.session,
    browser: browser ?? DEFAULT_BROWSER,
    version: version?.join('.') ?? null,
    proxy: proxy && { url: proxy.url, authenticated: proxy.credentials !== null },
    webhook,
    webhookId: webhook === null ? null : webhookId,
    bulk,
    passkeyCode: passkeyCode ?? 'auto',
    ignore: ignore ?? [],
    addressing: addressing ?? null
  };
}

function connectionInfo(account: LinkedAccount | null, connected: boolean): ConnectionData['ConnectionInfo'] {
  return {
    lg: null,
    lc: null,
    phone: {
      device_model: null,
      wa_version: null,
      mcc: null,
      os_version: null,
      os_build_number: null,
      device_manufacturer: null,
      mnc: null
    },
    battery: null,
    tos: null,
    pushname: account?.name ?? null,
    protoVersion: null,
    plugged: null,
    platform: account?.platform ?? null,
    wid: account?.id ?? null,
    connected,
    isResponse: null,
    binVersion: null,
    locales: null
  };
}
