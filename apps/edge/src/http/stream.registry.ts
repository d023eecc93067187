import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PrincipalRevocations } from '../auth/principal-revocations.js';
import type { Principal } from '../auth/principal.js';
import { ShareLimiter } from '../auth/share.limiter.js';
import { HttpSettings } from './back-pressure.writer.js';

/** Why the edge ends a stream. */
export type StreamEnd = 'revoked' | 'expired' | 'stopping';

/** A stream that stays open until `ended` is aborted. */
export interface AdmittedStream {
  /** Aborted with a `StreamEnd` as its reason. */
  readonly ended: AbortSignal;
  /** Must be called when the stream is over, for whatever reason. */
  release(): void;
}

/** Responses without an end of their own: limits their number, and ends them. */
@Injectable()
export class StreamRegistry implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();
  private readonly shares: ShareLimiter;
  private stopping = false;

  constructor(
    private readonly revocations: PrincipalRevocations,
    { streams }: HttpSettings
  ) {
    this.shares = new ShareLimiter(streams);
  }

  /** Admits a stream. Throws `LIMIT_REACHED` if the token or the edge already has the maximum. */
  admit(principal: Principal): AdmittedStream {
    const giveBack = this.shares.take(principal);
    const controller = new AbortController();
    this.open.add(controller);
    const end = (why: StreamEnd): void => controller.abort(why);
    if (this.stopping) end('stopping');
    const forget = this.revocations.watch(principal, end);
    return {
      ended: controller.signal,
      release: () => {
        forget();
        this.open.delete(controller);
        giveBack();
      }
    };
  }

  /** Ends every stream, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const controller of this.open) controller.abort('stopping' satisfies StreamEnd);
  }
}
