import { BaseRpcContext } from '@nestjs/microservices/ctx-host/base-rpc.context.js';
import type { ErrorCode, SessionId } from '@wabus/contracts';

/** One command being served: what its handler receives besides the body, and what the processing hooks measure. */
export class CommandContext<Owner = unknown> extends BaseRpcContext<[subject: string]> {
  readonly startedAt = performance.now();
  session!: SessionId;
  /** The method name that the caller sent: it may be unknown, or an alias. */
  method = '';
  /** Chosen by the caller so that a repeated command runs once. */
  idempotencyKey: string | null = null;
  /** How long the caller waits, in ms from the start of the handler. */
  remainingMs = 0;
  /** Aborted when the caller stops waiting. */
  signal!: AbortSignal;
  /** Set before the end hook runs. */
  outcome: 'ok' | ErrorCode = 'ok';

  /** @param owner the value that was passed to `bind` */
  constructor(
    subject: string,
    readonly owner: Owner
  ) {
    super([subject]);
  }
}
