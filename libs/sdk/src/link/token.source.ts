import { WabusError } from '../errors/wabus.error.js';

/** A token, or a function that creates one when needed: before every connection, and when the previous one has expired. */
export type Token = string | (() => string | Promise<string>);

/** The token of a client. */
export class TokenSource {
  private latest: Promise<string> | null = null;
  private isPending = false;

  constructor(private readonly token: Token) {}

  /** Whether a new token is available when this one has expired. */
  get canRefresh(): boolean {
    return typeof this.token === 'function';
  }

  /** A new token, if there is a function for it. Throws `TOKEN_UNAVAILABLE`. */
  fresh(): Promise<string> {
    const { token } = this;
    if (typeof token === 'string') return Promise.resolve(token);
    // One request for all concurrent callers.
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
    // A failed request is repeated; its waiting callers get the error.
    made.catch(() => {
      if (this.latest === made) this.latest = null;
    });
    return made;
  }

  /** The newest token. Throws `TOKEN_UNAVAILABLE`. */
  current(): Promise<string> {
    return this.latest ?? this.fresh();
  }
}
