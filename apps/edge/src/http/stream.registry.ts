import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { PrincipalRevocations } from '../auth/principal-revocations.js';
import type { Principal } from '../auth/principal.js';
import { HttpSettings } from './http.settings.js';

/** Why an answer without an end is ended by this side. */
export type StreamEnd = 'revoked' | 'expired' | 'stopping';

/** A stream that may go on as long as it is not ended. */
export interface AdmittedStream {
  /** Aborted with a `StreamEnd` as its reason. */
  readonly ended: AbortSignal;
  /** To be called when the stream is over, for whatever reason. */
  release(): void;
}

/** The answers that have no end of their own: how many each token may have, and what ends them. */
@Injectable()
export class StreamRegistry implements BeforeApplicationShutdown {
  private readonly open = new Map<string, Set<AbortController>>();
  private stopping = false;

  constructor(
    private readonly revocations: PrincipalRevocations,
    private readonly settings: HttpSettings
  ) {}

  /** Throws `LIMIT_REACHED` for one too many of a token. */
  admit(principal: Principal): AdmittedStream {
    const { id } = principal;
    const streams = this.open.get(id) ?? new Set();
    const limit = this.settings.maxStreamsPerToken;
    if (streams.size >= limit) throw new WabusError('LIMIT_REACHED', { details: { limit, of: 'event streams of one token' } });
    const controller = new AbortController();
    this.open.set(id, streams.add(controller));
    const end = (why: StreamEnd): void => controller.abort(why);
    if (this.stopping) end('stopping');
    const forget = this.revocations.watch(principal, end);
    return {
      ended: controller.signal,
      release: () => {
        forget();
        streams.delete(controller);
        if (streams.size === 0 && this.open.get(id) === streams) this.open.delete(id);
      }
    };
  }

  /** Ends every stream, so that the server can close. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const streams of this.open.values()) for (const controller of streams) controller.abort('stopping' satisfies StreamEnd);
  }
}
