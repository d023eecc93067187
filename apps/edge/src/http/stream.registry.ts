import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PrincipalRevocations } from '../auth/principal-revocations.js';
import type { Principal } from '../auth/principal.js';
import { ShareLimiter } from '../auth/share.limiter.js';
import { HttpSettings } from './back-pressure.writer.js';

/** Why an answer without an end is ended by this side. */
export type StreamEnd = 'revoked' | 'expired' | 'stopping';

/** A stream that stays open until `ended` is aborted. */
export interface AdmittedStream {
  /** Aborted with a `StreamEnd` as its reason. */
  readonly ended: AbortSignal;
  /** To be called when the stream is over, for whatever reason. */
  release(): void;
}

/** The answers that have no end of their own: how many there may be, and what ends them. */
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

  /** Throws `LIMIT_REACHED` for one too many of a token, or of all. */
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
