import { BaseRpcContext } from '@nestjs/microservices/ctx-host/base-rpc.context.js';
import type { ErrorCode, SessionId } from '@wabus/contracts';

/** One command that is being served: what its handler gets besides the body, and what the processing hooks measure. */
export class CommandContext<Owner = unknown> extends BaseRpcContext<[subject: string]> {
  readonly startedAt = performance.now();
  session!: SessionId;
  /** As the caller named it: it may be unknown, or an alias. */
  method = '';
  /** Chosen by the caller so that a repeated command runs once. */
  idempotencyKey: string | null = null;
  /** How long the caller waits, counted from the start of the handler. */
  remainingMs = 0;
  /** Aborted when the caller stops waiting. */
  signal!: AbortSignal;
  /** Set before the end hook runs. */
  outcome: 'ok' | ErrorCode = 'ok';

  /** @param owner what `bind` was called with */
  constructor(
    subject: string,
    readonly owner: Owner
  ) {
    super([subject]);
  }
}
