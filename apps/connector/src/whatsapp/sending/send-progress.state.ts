import { MESSAGE_STAGES, type MessageStage } from '@wabus/contracts';

/** The state of a message that a command sent. */
export interface SendLife {
  /** The jid of the chat. */
  readonly chat: string;
  readonly correlation: string;
  /** The last reported stage. */
  readonly stage: MessageStage;
  /** When the message reached this stage, in milliseconds since 1970. */
  readonly at: number;
  /** The trace context of the command that sent it, if it is traced. */
  readonly traceparent?: string;
  /** The jids of the devices for which it was not encrypted. */
  readonly skipped?: readonly string[];
}

/** A report that a message has reached a stage. */
export interface SendStep {
  readonly stage: MessageStage;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/**
 * Returns the state of a message after a step; `null` if the same or a later stage was reported before. So the stages of a message only advance, even if steps
 * arrive twice, late or out of order.
 */
export function advance<Life extends SendLife>(life: Life, step: SendStep): Life | null {
  if (rank(step.stage) <= rank(life.stage)) return null;
  return { ...life, stage: step.stage, at: Math.max(life.at, step.at) };
}

/**
 * Whether a stage must be stored for later connections: the stages from receipts, which WhatsApp may deliver again, and a failure. Earlier stages are stored
 * with the copy of the message.
 */
export function isKept(stage: MessageStage): boolean {
  return stage === 'failed' || rank(stage) > rank('server-ack');
}

function rank(stage: MessageStage): number {
  return MESSAGE_STAGES.indexOf(stage);
}
