import { WabusError } from '../errors/wabus-error.js';

/** A token, or a function that makes one each time it is needed: before every connection, and when the one before has expired. */
export type Token = string | (() => string | Promise<string>);

/** The token of a client. */
export class TokenSource {
  private latest: Promise<string> | null = null;
  private isPending = false;

  constructor(private readonly token: Token) {}

  /** Whether another token can be had when this one has expired. */
  get canRefresh(): boolean {
    return typeof this.token === 'function';
  }

  /** A new token where there is a function for it. Throws `TOKEN_UNAVAILABLE`. */
  fresh(): Promise<string> {
    const { token } = this;
    if (typeof token === 'string') return Promise.resolve(token);
    // One for all that want one at the moment.
    if (this.latest !== null && this.isPending) return this.latest;
    this.isPending = true;
    const made = (async () => {
      try {
        return await token();
      } catch (cause) {
        throw new WabusError('TOKEN_UNAVAILABLE', { cause });
      } finally {
        this.isPending = false;
      }
    })();
    this.latest = made;
    // One that failed is asked for again; whoever waits for it is told.
    made.catch(() => {
      if (this.latest === made) this.latest = null;
    });
    return made;
  }

  /** The token that was made last. Throws `TOKEN_UNAVAILABLE`. */
  current(): Promise<string> {
    return this.latest ?? this.fresh();
  }
}
