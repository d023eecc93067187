import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  DEFAULT_BROWSER,
  IGNORABLE_CHATS,
  parseWhatsAppVersion,
  WabusError,
  type BrowserIdentity,
  type SessionId,
  type SessionSettings,
  type SessionSettingsView,
  type UpdateSettingsRequest,
  type WebhookView
} from '@wabus/contracts';
import { authorise, hasScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { SessionProxies } from '../commands-out/session-proxies.js';
import { SessionRegistryStore, type KnownSession } from '../commands-out/session.registry.store.js';
import { WebhookAdministration, type Caller } from '../webhooks/webhook-administration.js';
import { settingsOf, settingsView } from './connection-data.policy.js';

const BULK = { maxEvents: 100, maxWaitMs: 250 };
const EDIT_LIMIT_MS = 5_000;

/** The outcome of a change to the webhook. */
interface Redirected {
  readonly webhookId: string | null;
  /** The secret of a webhook that was created. */
  readonly secret?: string;
}

/** The settings of sessions, including their webhook. Every method throws `FORBIDDEN` and `UNKNOWN_SESSION`. */
@Injectable()
export class SessionConfigurator {
  constructor(
    private readonly registry: SessionRegistryStore,
    private readonly webhooks: WebhookAdministration,
    private readonly proxies: SessionProxies
  ) {}

  async view(principal: Principal, session: SessionId): Promise<SessionSettingsView> {
    authorise(principal, 'read', session);
    const known = await this.registry.session(session);
    return settingsView(known, await this.webhookUrl(principal, known));
  }

  /**
   * Stores changed settings. Proxy and webhook are processed first: if an address is refused (`EGRESS_DENIED`), nothing is changed.
   * Resolves with the settings, and with the secret of a webhook that was created.
   */
  async change(principal: Principal, session: SessionId, change: UpdateSettingsRequest): Promise<SessionSettingsView> {
    authorise(principal, 'control', session);
    const known = await this.registry.session(session);
    const caller = { principal, routeSession: session };
    const proxy = typeof change.proxy === 'string' ? await this.proxies.stored(session, change.proxy) : change.proxy;
    const { webhookId, secret } = await this.redirect(caller, known, change);
    const before = settingsOf(known);
    const settings = await this.edit(session, now => ({
      browser: change.browser === undefined ? now.browser : change.browser && identityOf(change.browser),
      version: change.version === undefined ? now.version : change.version === null ? null : parseWhatsAppVersion(change.version),
      proxy: proxy === undefined ? now.proxy : proxy,
      webhookId: now.webhookId === before.webhookId ? webhookId : now.webhookId,
      bulk: change.bulk ?? now.bulk,
      ...passkeyRule(change.passkeyCode ?? now.passkeyCode),
      ...ignoreRule(change.ignore === undefined ? now.ignore : (change.ignore ?? [])),
      ...addressingRule(change.addressing === undefined ? now.addressing : change.addressing)
    }));
    // Another request created a webhook at the same time, and only one of the two is needed.
    const lost = secret !== undefined && settings.webhookId !== webhookId;
    if (lost && webhookId !== null) await this.webhooks.delete(caller, webhookId);
    const view = await this.view(principal, session);
    return secret === undefined || lost ? view : { ...view, webhookSecret: secret };
  }

  /** Sets the identity. Returns whether it has changed. */
  async setBrowser(session: SessionId, browser: BrowserIdentity): Promise<boolean> {
    let changed = false;
    await this.edit(session, now => {
      changed = !isDeepStrictEqual(now.browser ?? DEFAULT_BROWSER, browser);
      return { ...now, browser };
    });
    return changed;
  }

  /** Returns the target of a session's events according to its settings, or `null` if there is none or the caller may not see it. */
  async webhookUrl(principal: Principal, known: KnownSession): Promise<string | null> {
    if (!hasScope(principal, 'control') || !hasScope(principal, 'read')) return null;
    return (await this.webhookOf({ principal, routeSession: known.record.session }, settingsOf(known)))?.url ?? null;
  }

  private async redirect(caller: Caller, known: KnownSession, { webhook, bulk }: UpdateSettingsRequest): Promise<Redirected> {
    const settings = settingsOf(known);
    if (webhook === undefined && bulk === undefined) return { webhookId: settings.webhookId };
    const existing = await this.webhookOf(caller, settings);
    if (webhook === null || webhook === '') {
      if (existing) await this.webhooks.delete(caller, existing.id);
      return { webhookId: null };
    }
    const wanted = { ...(webhook === undefined ? {} : { url: webhook }), bulk: (bulk ?? settings.bulk) ? BULK : null };
    try {
      if (existing) return { webhookId: (await this.webhooks.update(caller, existing.id, wanted)).id };
      if (webhook === undefined) return { webhookId: null };
      const { id, secret } = await this.webhooks.create(caller, {
        ...wanted,
        events: ['*'],
        description: 'Set by the settings of the session'
      });
      return { webhookId: id, secret };
    } catch (thrown) {
      throw naming('webhook', thrown);
    }
  }

  /** A webhook that was deleted by its own route no longer counts. */
  private async webhookOf(caller: Caller, { webhookId }: SessionSettings): Promise<WebhookView | null> {
    if (webhookId === null) return null;
    try {
      return await this.webhooks.get(caller, webhookId);
    } catch (thrown) {
      if (thrown instanceof WabusError && thrown.code === 'NOT_FOUND') return null;
      throw thrown;
    }
  }

  private edit(session: SessionId, change: (settings: SessionSettings) => SessionSettings): Promise<SessionSettings> {
    const unlessSame = (before: SessionSettings): SessionSettings => {
      const after = change(before);
      return isDeepStrictEqual(after, before) ? before : after;
    };
    return this.registry.editSettings(session, unlessSame, performance.now() + EDIT_LIMIT_MS);
  }
}

/** Missing if it was never set, as in records of older releases. */
function passkeyRule(passkeyCode: SessionSettings['passkeyCode']): Pick<SessionSettings, 'passkeyCode'> {
  return passkeyCode === undefined ? {} : { passkeyCode };
}

/** In a fixed order, so that the same choice does not count as a change. */
function ignoreRule(ignore: SessionSettings['ignore']): Pick<SessionSettings, 'ignore'> {
  return ignore === undefined ? {} : { ignore: IGNORABLE_CHATS.filter(kind => ignore.includes(kind)) };
}

/** Missing if it was never set, as in records of older releases. */
function addressingRule(addressing: SessionSettings['addressing']): Pick<SessionSettings, 'addressing'> {
  return addressing === undefined ? {} : { addressing };
}

function identityOf({ os, name, version }: BrowserIdentity): BrowserIdentity {
  return { os, name, version };
}

function naming(field: string, thrown: unknown): unknown {
  if (!(thrown instanceof WabusError) || thrown.code !== 'EGRESS_DENIED') return thrown;
  return new WabusError(thrown.code, { message: thrown.message, details: { ...thrown.details, field }, cause: thrown });
}
