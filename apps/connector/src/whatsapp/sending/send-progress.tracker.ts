import type { MessageProgress, WabusError } from '@wabus/contracts';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import type { Logger } from 'pino';
import type { ExpiringRecords } from '../../auth-state/auth-state.types.js';
import { BoundedCache } from '../bounded.cache.js';
import type { ReceiptStep } from './receipt-stage.mapper.js';
import { advance, isKept, type SendLife, type SendStep } from './send-progress.state.js';

const TYPE = 'progress';
/** The number of messages whose state is in memory; the state of older ones is read again. */
const IN_MEMORY = 500;
const NOT_OURS = 'not-ours';

/** The collaborators of the tracker of one connection. */
export interface SendProgressParts {
  readonly session: string;
  readonly records: ExpiringRecords;
  /** How long receipts of a message are reported. */
  readonly ttlMs: number;
  /** Receives each stage of each message once. May not throw. */
  readonly emit: (progress: MessageProgress) => void;
  readonly logger: Logger;
}

/** A message that a command is about to send. */
export interface BegunSend {
  readonly id: string;
  /** The jid of the chat. */
  readonly chat: string;
  readonly correlation: string;
  /** Whether the id may have been used before, because the command may be repeated. */
  readonly again: boolean;
  /** The trace context that its progress continues, if it is traced. */
  readonly traceparent?: string | undefined;
}

/** The details that are reported with a stage. */
type Detail = Pick<MessageProgress, 'participant' | 'error' | 'skippedDevices'>;

/**
 * Tracks the messages that commands send: emits each stage of each message once, in order. The state of a message is stored like its copy, encrypted and for
 * the same time, so that receipts on a later connection or with the next owner are reported with the same correlation id.
 */
export class SendProgressTracker {
  private readonly lives = new BoundedCache<string, SendLife | typeof NOT_OURS>({ max: IN_MEMORY });
  private readonly looking = new Map<string, Promise<void>>();

  constructor(private readonly parts: SendProgressParts) {}

  /** Reports that a message is accepted, unless that was reported before. Resolves once it may be sent. */
  async begin({ id, chat, correlation, again, traceparent }: BegunSend): Promise<void> {
    if (again) await this.look(id);
    if (this.lifeOf(id)) return;
    const life: SendLife = { chat, correlation, stage: 'accepted', at: Date.now(), ...(traceparent === undefined ? {} : { traceparent }) };
    this.lives.set(id, life);
    this.emit(id, life, {});
  }

  /** Stores the state of a message. Resolves once it is on disk; rejects like `writeExpiring`. */
  async keep(id: string): Promise<void> {
    const value = this.lifeOf(id);
    if (value) await this.parts.records.writeExpiring({ type: TYPE, id, value, ttlMs: this.parts.ttlMs });
  }

  /** Notes devices that do not get a message, before it is sent. */
  skipped(id: string, devices: readonly string[]): void {
    const life = this.lifeOf(id);
    if (life) this.lives.set(id, { ...life, skipped: [...new Set([...(life.skipped ?? []), ...devices])] });
  }

  /** Handles the ack of WhatsApp's server: an error, or `null` if the message was accepted. Ignores messages that are not in memory. */
  acked(id: string | undefined, error: WabusError | null): void {
    if (id === undefined) return;
    if (error) this.failed(id, error);
    else {
      const skippedDevices = this.lifeOf(id)?.skipped;
      this.step(id, { stage: 'server-ack', at: Date.now() }, skippedDevices ? { skippedDevices } : {});
    }
  }

  /** Reports that a message was not sent, or that this is unknown. */
  failed(id: string, error: WabusError): void {
    this.step(id, { stage: 'failed', at: Date.now() }, { error: error.toBody() });
  }

  /** Reports that a recipient received, read or played a message. Emits nothing for a message that no command sent. */
  received({ id, stage, at, participant }: ReceiptStep): void {
    const apply = () => this.step(id, { stage, at: at ?? Date.now() }, participant === undefined ? {} : { participant });
    // A receipt during the look-up waits for it, which preserves the order.
    if (this.lives.has(id) && !this.looking.has(id)) return apply();
    this.look(id).then(apply, (err: unknown) => this.parts.logger.warn({ err }, 'failed to read the progress of a sent message'));
  }

  private lifeOf(id: string): SendLife | null {
    const known = this.lives.get(id);
    return known === undefined || known === NOT_OURS ? null : known;
  }

  /** Resolves once the stored state of a message is in memory. */
  private look(id: string): Promise<void> {
    const looking = this.looking.get(id) ?? this.read(id).finally(() => this.looking.delete(id));
    this.looking.set(id, looking);
    return looking;
  }

  private async read(id: string): Promise<void> {
    if (this.lives.has(id)) return;
    const kept = (await this.parts.records.readExpiring(TYPE, id)) as SendLife | null;
    // A send may have begun in the meantime.
    if (!this.lives.has(id)) this.lives.set(id, kept ?? NOT_OURS);
  }

  private step(id: string, step: SendStep, detail: Detail): void {
    const life = this.lifeOf(id);
    const next = life && advance(life, step);
    if (!next) return;
    this.lives.set(id, next);
    this.emit(id, next, detail);
    // Not awaited: if a crash in between repeats the event, it has the same event id.
    if (isKept(next.stage))
      this.keep(id).catch((err: unknown) => this.parts.logger.debug({ err }, 'failed to store the progress of a sent message'));
  }

  private emit(id: string, { chat, correlation, stage, at, traceparent }: SendLife, detail: Detail): void {
    const progress: MessageProgress = { id, chat, correlation, stage, at: new Date(at).toISOString(), ...detail };
    // A receipt continues the trace of the command, on any connection.
    const span = tracing.isOn && traceparent !== undefined ? tracing.begin(STAGES.progress(this.parts.session, stage), traceparent) : null;
    if (span) tracing.noteCause(progress, span);
    this.parts.emit(progress);
    span?.end(detail.error ? { error: detail.error.code } : {});
  }
}
