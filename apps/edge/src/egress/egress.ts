import { lookup } from 'node:dns/promises';

/** Turns a host name into addresses. */
export abstract class NameResolver {
  /** All addresses of a name, IPv4 and IPv6, at least one. Rejects when there are none. */
  abstract resolve(host: string): Promise<string[]>;
}

/** Resolves as the operating system does, its hosts file included. */
export class SystemNameResolver extends NameResolver {
  async resolve(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/** A request to a server of the outside world on behalf of a user. */
export interface EgressRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything: name resolution, connection, redirects, answer. */
  readonly timeoutMs: number;
  /** `refuse`: an answer that redirects is an answer like any other. A number: this many are followed, each of them checked like the first address. */
  readonly redirects: 'refuse' | number;
  /**
   * How much of the answer is read; `none`: the promise settles as soon as its status is known. `refusalBytes`: the same for 2xx, and the beginning of any other answer as
   * far as it comes soon; redirects are never followed then.
   */
  readonly response: 'none' | { readonly maxBytes: number } | { readonly refusalBytes: number };
  /** Ends it early, with `EGRESS_FAILED` and the reason `aborted`. */
  readonly signal?: AbortSignal;
}

export interface EgressResponse {
  readonly status: number;
  /** Names in lower case; a repeated header is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty with `response: 'none'`. */
  readonly body: Uint8Array;
}

/** An answer whose body is still coming. */
export interface EgressStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Not read ahead: it comes as fast as it is taken. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** How a request failed. `details.reason` of `EGRESS_FAILED`. */
export type EgressFailure =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'protocol'
  | 'response-too-large'
  | 'too-many-redirects'
  | 'aborted';

/**
 * The one way from an edge to addresses that users name. What leads to this machine, to private or reserved networks, or is not https is refused,
 * unless the operator listed it in `WABUS_EGRESS_ALLOW`. A name is resolved once, and the connection goes to the very addresses that were checked.
 */
export abstract class Egress {
  /** Settles with any answer, whatever its status. Throws `EGRESS_DENIED`, or `EGRESS_FAILED` with `details.reason`. */
  abstract fetch(request: EgressRequest): Promise<EgressResponse>;

  /**
   * The same for an answer that is too long for memory: settles as `take` does, which reads the body while it comes. The time limit holds for all of it.
   * Throws what `take` throws too.
   */
  abstract stream<T>(request: Omit<EgressRequest, 'response'>, take: (answer: EgressStream) => Promise<T>): Promise<T>;

  /** Whether a request to this address would be let out now. Throws `EGRESS_DENIED`; a name that cannot be resolved now may be right later and passes. */
  abstract check(url: string): Promise<void>;

  /** Whether a proxy may have this host name or address, whatever is spoken with it. Throws `EGRESS_DENIED`; a name that cannot be resolved now passes. */
  abstract checkProxy(host: string): Promise<void>;
}
