import { WabusError } from '../errors/wabus.error.js';

/**
 * A token, or a function that creates one. The function is called before every connection, and when a token has expired. A page that the edge itself
 * serves passes `{ cookie: true }`: the browser sends the cookie of its login.
 */
export type Token = string | (() => string | Promise<string>) | { readonly cookie: true };

/** The source of the tokens of a client. */
export class TokenSource {
  private latest: Promise<string> | null = null;
  private isPending = false;

  /** Throws `INVALID_REQUEST` if there is no token, as in a program whose environment lacks it: no attempt to connect could succeed. */
  constructor(private readonly token: Token) {
    // A JavaScript program may pass anything.
    if (token) return;
    throw new WabusError('INVALID_REQUEST', {
      message: 'token is missing. Pass an access token, or a function that returns one.',
      details: { field: 'token' }
    });
  }

  /** Whether a new token is available when the current one has expired. */
  get canRefresh(): boolean {
    return typeof this.token === 'function';
  }

  /** Returns a new token if there is a function for it, otherwise the fixed token, which is empty with a cookie. Rejects with `TOKEN_UNAVAILABLE` if the function fails. */
  fresh(): Promise<string> {
    const { token } = this;
    if (typeof token === 'string') return Promise.resolve(token);
    if (typeof token === 'object') return Promise.resolve('');
    // Concurrent callers share one request.
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
    // The next call requests a token again; the current callers get the error.
    made.catch(() => {
      if (this.latest === made) this.latest = null;
    });
    return made;
  }

  /** Returns the newest token. Rejects with `TOKEN_UNAVAILABLE`. */
  current(): Promise<string> {
    return this.latest ?? this.fresh();
  }
}
