import { MESSAGE_STAGES, type MessageStage } from '@wabus/contracts';

/** What is known of a message that a command sent. */
export interface SendLife {
  /** Jid. */
  readonly chat: string;
  readonly correlation: string;
  /** The one reported last. */
  readonly stage: MessageStage;
  /** When it came to it, ms since 1970. */
  readonly at: number;
  /** The trace context of the command that sent it, if it is traced. */
  readonly traceparent?: string;
  /** Jids of devices that it was not encrypted for. */
  readonly skipped?: readonly string[];
}

/** Something that happened to a message. */
export interface SendStep {
  readonly stage: MessageStage;
  /** ms since 1970. */
  readonly at: number;
}

/**
 * The state of a message after a step; `null` if there is no progress: the same stage was reported, or a later one. So the stages of a message only advance,
 * even if steps arrive twice, late or out of order.
 */
export function advance<Life extends SendLife>(life: Life, step: SendStep): Life | null {
  if (rank(step.stage) <= rank(life.stage)) return null;
  return { ...life, stage: step.stage, at: Math.max(life.at, step.at) };
}

/**
 * Whether a stage must be known to later connections: those that come with receipts, which WhatsApp delivers again, and a failure. The stages before go to disk with the
 * copy of the message.
 */
export function isKept(stage: MessageStage): boolean {
  return stage === 'failed' || rank(stage) > rank('server-ack');
}

function rank(stage: MessageStage): number {
  return MESSAGE_STAGES.indexOf(stage);
}
