import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue, type Watch } from '@wabus/broker';
import { decodeJsonRecord, encodeJsonRecord, OWNERSHIP_BUCKET, type SessionId, type WhatsAppVersion } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { BUILT_IN_VERSION } from './built-in-version.js';
import { ClientVersionMetrics } from './client-version.metrics.js';
import { VersionPage, type VersionPageOptions } from './version-page.js';
import {
  expiryWarning,
  lookUpTurn,
  nextLookUpMs,
  outdatedMessage,
  versionText,
  versionToPresent,
  type LookUpFailure,
  type LookUpTrigger,
  type VersionFixedBy,
  type VersionRecord
} from './version.policy.js';

/** The key of the record in the connectors' bucket. */
const KEY = 'client-version';
/** The poll interval while another connector's look-up is awaited, in ms. */
const WAIT_STEP_MS = 250;

export abstract class ClientVersionSettings {
  /** The id of this connector. */
  abstract readonly connector: string;
  /** The version that `WABUS_WHATSAPP_VERSION` fixes; `null` for the newest known one. */
  abstract readonly fixed: WhatsAppVersion | null;
  /** The minimum age of a response, in ms, before a refusal triggers another look-up. */
  abstract readonly minIntervalMs: number;
  /** The page to read; its `limitMs` is the time limit of a look-up. */
  abstract readonly page: VersionPageOptions;
}

/** The version that a session presents, and what fixed it. */
export interface PresentedVersion {
  readonly version: WhatsAppVersion;
  readonly fixedBy: VersionFixedBy;
}

/**
 * The version of WhatsApp Web that sessions present: the newer of the built-in one and the last one looked up, unless a setting fixes it.
 * Connectors share one look-up: its result is a common record, which is also available after a restart without a network.
 */
@Injectable()
export class ClientVersions implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly page: VersionPage;
  private readonly logger: Logger;
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly ended = new AbortController();
  private readonly expirations = new Map<SessionId, { readonly version: string; readonly at: string }>();
  private current: WhatsAppVersion;
  private failure: LookUpFailure | null = null;
  private known: Promise<void> = Promise.resolve();
  private waitsForFirst = false;
  private underWay: Promise<void> | null = null;
  private watch: Watch | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    buckets: KeyValueBuckets,
    private readonly settings: ClientVersionSettings,
    private readonly metrics: ClientVersionMetrics,
    log: Log
  ) {
    this.bucket = buckets.bucket(OWNERSHIP_BUCKET);
    this.page = new VersionPage(settings.page);
    this.logger = log.for('client-version');
    this.current = settings.fixed ?? BUILT_IN_VERSION.version;
    this.notify();
  }

  /** Reads the stored version, and starts a look-up. Sessions of an installation with a stored version do not wait for the page. */
  onModuleInit(): void {
    if (this.settings.fixed) return;
    this.waitsForFirst = true;
    this.known = this.begin().finally(() => (this.waitsForFirst = false));
    void this.known.then(() => this.later());
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.ended.abort();
    await this.watch?.stop();
    await this.page.close();
  }

  /** Whether the version to present is known. */
  get isKnown(): boolean {
    return !this.waitsForFirst;
  }

  /** Resolves when the version to present is known, at the latest when the first look-up has ended. Never rejects. */
  whenKnown(): Promise<void> {
    return this.known;
  }

  /** Returns what a session with these settings presents. */
  presentedBy(settings: { readonly version: WhatsAppVersion | null } | undefined): PresentedVersion {
    if (settings?.version) return { version: settings.version, fixedBy: 'session' };
    return { version: this.current, fixedBy: this.settings.fixed ? 'setting' : null };
  }

  /** Looks up the version unless the last response is recent enough, or a setting fixes the version. Resolves when the result is known; never rejects. */
  lookUp(trigger: LookUpTrigger): Promise<void> {
    if (this.settings.fixed) return Promise.resolve();
    this.underWay ??= this.look(trigger)
      .catch((err: unknown) => {
        if (!this.ended.signal.aborted) this.logger.warn({ err }, 'failed to look up the newest whatsapp web version');
      })
      .finally(() => (this.underWay = null));
    return this.underWay;
  }

  /** Calls the listener whenever sessions have a different version to present, whichever connector found it. Returns a function that removes the listener. */
  onChange(changed: () => void): () => void {
    this.changes.on('change', changed);
    return () => void this.changes.off('change', changed);
  }

  /** Returns the explanation of a refused version for users. */
  outdated({ version, fixedBy }: PresentedVersion): string {
    return outdatedMessage(version, fixedBy, { failure: this.failure, page: this.page.address });
  }

  /** Records when WhatsApp will refuse the version that a session presents; `null` if nothing was announced. */
  noteExpiration(session: SessionId, version: string, at: string | null): void {
    if (at === null) this.expirations.delete(session);
    else this.expirations.set(session, { version, at });
    this.metrics.expiring(this.expiries());
  }

  /** Returns the detail of the readiness check. */
  health(): string {
    const presented = `${versionText(this.current)} (${this.origin})`;
    const warning = expiryWarning(this.expiries(), Date.now());
    return warning === null ? presented : `${presented}; ${warning}`;
  }

  private get origin(): string {
    if (this.settings.fixed) return 'setting';
    return this.current === BUILT_IN_VERSION.version ? 'built-in' : 'looked-up';
  }

  /** Returns the earliest expiration of each version. */
  private expiries(): Map<string, string> {
    const earliest = new Map<string, string>();
    for (const { version, at } of this.expirations.values()) {
      const known = earliest.get(version);
      if (known === undefined || at < known) earliest.set(version, at);
    }
    return earliest;
  }

  private async begin(): Promise<void> {
    try {
      this.watch = await this.bucket.watch(KEY, change => {
        if (change.kind === 'put') this.take(decodeRecord(change.entry.value));
      });
      this.take((await this.read()).record);
    } catch (err) {
      this.logger.warn({ err }, 'failed to read the stored whatsapp web version');
    }
    const looked = this.lookUp('start');
    if (this.current === BUILT_IN_VERSION.version) await looked;
  }

  private later(): void {
    this.timer = setTimeout(() => void this.lookUp('daily').then(() => this.later()), nextLookUpMs(this.failure, Math.random())).unref();
  }

  private async look(trigger: LookUpTrigger): Promise<void> {
    const { connector, minIntervalMs } = this.settings;
    const { limitMs } = this.settings.page;
    while (!this.ended.signal.aborted) {
      const { record, revision } = await this.read();
      this.take(record);
      const turn = lookUpTurn(record, trigger, { now: Date.now(), minIntervalMs, limitMs: 2 * limitMs });
      if (turn === 'none') return;
      if (turn === 'wait') {
        await delay(WAIT_STEP_MS, undefined, { signal: this.ended.signal });
        continue;
      }
      const lookUp = { by: connector, startedAt: new Date().toISOString(), endedAt: null, failure: null };
      const version = record?.version ?? null;
      const claim = await this.bucket.compareAndSet(KEY, encodeJsonRecord({ version, lookUp } satisfies VersionRecord), revision);
      if (claim.written) return this.ask({ version, lookUp }, claim.revision);
    }
  }

  private async ask({ version, lookUp }: VersionRecord, revision: number): Promise<void> {
    const { page, metrics, logger } = this;
    const answer = await page.read(this.ended.signal);
    if (this.ended.signal.aborted) return;
    const failure = 'failure' in answer ? answer.failure : null;
    const [primary, secondary] = BUILT_IN_VERSION.version;
    const found = 'failure' in answer ? version : versionText([primary, secondary, answer.revision]);
    metrics.lookedUp(failure?.reason ?? 'found');
    if (failure) logger.warn({ page: page.address, ...failure }, 'failed to look up the newest whatsapp web version');
    const record: VersionRecord = { version: found, lookUp: { ...lookUp, endedAt: new Date().toISOString(), failure } };
    this.take(record);
    await this.bucket.compareAndSet(KEY, encodeJsonRecord(record), revision);
  }

  private async read(): Promise<{ record: VersionRecord | null; revision: number }> {
    const entry = await this.bucket.get(KEY);
    return { record: entry && decodeRecord(entry.value), revision: entry?.revision ?? 0 };
  }

  private take(record: VersionRecord | null): void {
    if (record === null) return;
    if (record.lookUp.endedAt !== null) this.failure = record.lookUp.failure;
    const version = versionToPresent(BUILT_IN_VERSION.version, record.version);
    if (versionText(version) === versionText(this.current)) return;
    this.current = version;
    this.notify();
    this.logger.info({ version: versionText(version) }, 'presenting a different whatsapp web version');
    this.changes.emit('change');
  }

  private notify(): void {
    this.metrics.presented(versionText(this.current), this.origin);
  }
}

/** Returns `null` for a damaged record: the next look-up overwrites it. */
function decodeRecord(value: Uint8Array): VersionRecord | null {
  return decodeJsonRecord<VersionRecord>(
    value,
    ({ version, lookUp }) => (version === null || typeof version === 'string') && typeof lookUp?.startedAt === 'string'
  );
}
