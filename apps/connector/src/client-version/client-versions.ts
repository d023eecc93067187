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

/** In the bucket of connectors. */
const KEY = 'client-version';
/** Another connector that looks is waited for in such steps. */
const WAIT_STEP_MS = 250;

export abstract class ClientVersionSettings {
  /** The id of this connector. */
  abstract readonly connector: string;
  /** What `WABUS_WHATSAPP_VERSION` fixes; `null`: the newest that is known. */
  abstract readonly fixed: WhatsAppVersion | null;
  /** How old an answer has to be before a refusal makes somebody look again. */
  abstract readonly minIntervalMs: number;
  /** The page that is asked; its `limitMs` is the time that a look-up may take. */
  abstract readonly page: VersionPageOptions;
}

/** What a session presents, and who says so. */
export interface PresentedVersion {
  readonly version: WhatsAppVersion;
  readonly fixedBy: VersionFixedBy;
}

/**
 * The version of WhatsApp Web that sessions present: the newest of the built-in one and the one that was looked up last, unless a setting fixes it.
 * Connectors look up once for all: the answer is a record that they share, and that is there again after a restart without a network.
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

  /** Reads what is kept, and looks up. Sessions of an installation that has looked before do not wait for the page. */
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

  /** Settles when the version to present is known, at the latest when the first look-up has ended. Never rejects. */
  whenKnown(): Promise<void> {
    return this.known;
  }

  /** What a session with these settings presents. */
  presentedBy(settings: { readonly version: WhatsAppVersion | null } | undefined): PresentedVersion {
    if (settings?.version) return { version: settings.version, fixedBy: 'session' };
    return { version: this.current, fixedBy: this.settings.fixed ? 'setting' : null };
  }

  /** Looks up unless the last answer is young enough, or a setting fixes the version. Settles when the answer is known; never rejects. */
  lookUp(trigger: LookUpTrigger): Promise<void> {
    if (this.settings.fixed) return Promise.resolve();
    this.underWay ??= this.look(trigger)
      .catch((err: unknown) => {
        if (!this.ended.signal.aborted) this.logger.warn({ err }, 'failed to look up the newest whatsapp web version');
      })
      .finally(() => (this.underWay = null));
    return this.underWay;
  }

  /** Calls back whenever sessions have another version to present, whichever connector has found it; returns what ends that. */
  onChange(changed: () => void): () => void {
    this.changes.on('change', changed);
    return () => void this.changes.off('change', changed);
  }

  /** What the refusal of a version means, for people. */
  outdated({ version, fixedBy }: PresentedVersion): string {
    return outdatedMessage(version, fixedBy, { failure: this.failure, page: this.page.address });
  }

  /** What WhatsApp has announced of the version that a session presents; `null` for nothing. */
  noteExpiration(session: SessionId, version: string, at: string | null): void {
    if (at === null) this.expirations.delete(session);
    else this.expirations.set(session, { version, at });
    this.metrics.expiring(this.expiries());
  }

  /** For the readiness of the process. */
  health(): string {
    const presented = `${versionText(this.current)} (${this.origin})`;
    const warning = expiryWarning(this.expiries(), Date.now());
    return warning === null ? presented : `${presented}; ${warning}`;
  }

  private get origin(): string {
    if (this.settings.fixed) return 'setting';
    return this.current === BUILT_IN_VERSION.version ? 'built-in' : 'looked-up';
  }

  /** By version, the earliest each. */
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

/** `null` for a damaged one: the next look-up writes over it. */
function decodeRecord(value: Uint8Array): VersionRecord | null {
  return decodeJsonRecord<VersionRecord>(
    value,
    ({ version, lookUp }) => (version === null || typeof version === 'string') && typeof lookUp?.startedAt === 'string'
  );
}
