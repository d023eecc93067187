import type { MessageProgress, WabusError } from '@wabus/contracts';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import type { Logger } from 'pino';
import type { ExpiringRecords } from '../../auth-state/auth-state.types.js';
import { BoundedCache } from '../bounded.cache.js';
import type { ReceiptStep } from './receipt-stage.mapper.js';
import { advance, isKept, type SendLife, type SendStep } from './send-progress.state.js';

const TYPE = 'progress';
/** What is known of this many messages is in memory; older ones are read again. */
const IN_MEMORY = 500;
const NOT_OURS = 'not-ours';

/** What the tracker of one connection is made of. */
export interface SendProgressParts {
  readonly session: string;
  readonly records: ExpiringRecords;
  /** How long the receipts of a message are emitted. */
  readonly ttlMs: number;
  /** Gets each stage of each message once. May not throw. */
  readonly emit: (progress: MessageProgress) => void;
  readonly logger: Logger;
}

/** A message that a command is about to send. */
export interface BegunSend {
  readonly id: string;
  /** Jid. */
  readonly chat: string;
  readonly correlation: string;
  /** The id may have been used before, by a command that is repeated. */
  readonly again: boolean;
  /** The trace context that its progress continues, if it is traced. */
  readonly traceparent?: string | undefined;
}

/** What is reported along with the stage. */
type Detail = Pick<MessageProgress, 'participant' | 'error' | 'skippedDevices'>;

/**
 * Follows the messages that commands send: emits each stage of each message once, in order. What it knows of a message is kept like its copy, encrypted and for as
 * long, so that receipts which come to a later connection or the next owner are reported with the same correlation id.
 */
export class SendProgressTracker {
  private readonly lives = new BoundedCache<string, SendLife | typeof NOT_OURS>({ max: IN_MEMORY });
  private readonly looking = new Map<string, Promise<void>>();

  constructor(private readonly parts: SendProgressParts) {}

  /** Reports that a message is accepted, unless it was before. Settles when it may be sent. */
  async begin({ id, chat, correlation, again, traceparent }: BegunSend): Promise<void> {
    if (again) await this.look(id);
    if (this.lifeOf(id)) return;
    const life: SendLife = { chat, correlation, stage: 'accepted', at: Date.now(), ...(traceparent === undefined ? {} : { traceparent }) };
    this.lives.set(id, life);
    this.emit(id, life, {});
  }

  /** Keeps what is known of a message. Settles when it is on disk; rejects like `writeExpiring`. */
  async keep(id: string): Promise<void> {
    const value = this.lifeOf(id);
    if (value) await this.parts.records.writeExpiring({ type: TYPE, id, value, ttlMs: this.parts.ttlMs });
  }

  /** Devices that a message does not go to, before it leaves. */
  skipped(id: string, devices: readonly string[]): void {
    const life = this.lifeOf(id);
    if (life) this.lives.set(id, { ...life, skipped: [...new Set([...(life.skipped ?? []), ...devices])] });
  }

  /** WhatsApp's servers have answered a stanza: with an error, or `null`. Only what this connection sent is looked at. */
  acked(id: string | undefined, error: WabusError | null): void {
    if (id === undefined) return;
    if (error) this.failed(id, error);
    else {
      const skippedDevices = this.lifeOf(id)?.skipped;
      this.step(id, { stage: 'server-ack', at: Date.now() }, skippedDevices ? { skippedDevices } : {});
    }
  }

  /** It was not sent, or it is not known whether it was. */
  failed(id: string, error: WabusError): void {
    this.step(id, { stage: 'failed', at: Date.now() }, { error: error.toBody() });
  }

  /** Somebody has received, read or played a message. For one that no command sent, nothing is emitted. */
  received({ id, stage, at, participant }: ReceiptStep): void {
    const apply = () => this.step(id, { stage, at: at ?? Date.now() }, participant === undefined ? {} : { participant });
    // What comes while it is being looked up waits, so that the order stays.
    if (this.lives.has(id) && !this.looking.has(id)) return apply();
    this.look(id).then(apply, (err: unknown) => this.parts.logger.warn({ err }, 'failed to read the progress of a sent message'));
  }

  private lifeOf(id: string): SendLife | null {
    const known = this.lives.get(id);
    return known === undefined || known === NOT_OURS ? null : known;
  }

  /** Settles when everything that is known of a message is in memory. */
  private look(id: string): Promise<void> {
    const looking = this.looking.get(id) ?? this.read(id).finally(() => this.looking.delete(id));
    this.looking.set(id, looking);
    return looking;
  }

  private async read(id: string): Promise<void> {
    if (this.lives.has(id)) return;
    const kept = (await this.parts.records.readExpiring(TYPE, id)) as SendLife | null;
    // A send may have begun meanwhile.
    if (!this.lives.has(id)) this.lives.set(id, kept ?? NOT_OURS);
  }

  private step(id: string, step: SendStep, detail: Detail): void {
    const life = this.lifeOf(id);
    const next = life && advance(life, step);
    if (!next) return;
    this.lives.set(id, next);
    this.emit(id, next, detail);
    // Not awaited: what is emitted twice after a crash in between has the same event id.
    if (isKept(next.stage))
      this.keep(id).catch((err: unknown) => this.parts.logger.debug({ err }, 'failed to store the progress of a sent message'));
  }

  private emit(id: string, { chat, correlation, stage, at, traceparent }: SendLife, detail: Detail): void {
    const progress: MessageProgress = { id, chat, correlation, stage, at: new Date(at).toISOString(), ...detail };
    // A receipt continues the trace of the command, over whichever connection it comes.
    const span = tracing.isOn && traceparent !== undefined ? tracing.begin(STAGES.progress(this.parts.session, stage), traceparent) : null;
    if (span) tracing.noteCause(progress, span);
    this.parts.emit(progress);
    span?.end(detail.error ? { error: detail.error.code } : {});
  }
}
