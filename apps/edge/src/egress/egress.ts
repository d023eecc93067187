import { lookup } from 'node:dns/promises';

/** Resolves host names to addresses. */
export abstract class NameResolver {
  /** Returns all addresses of a name, IPv4 and IPv6, at least one. Rejects if there are none. */
  abstract resolve(host: string): Promise<string[]>;
}

/** Resolves names as the operating system does, including its hosts file. */
export class SystemNameResolver extends NameResolver {
  async resolve(host: string): Promise<string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }
}

/** A request to an external server on behalf of a user. */
export interface EgressRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The limit in ms for everything together: name resolution, connection, redirects and response. */
  readonly timeoutMs: number;
  /** `refuse`: a redirect is returned like any other response. A number: this many redirects are followed, each checked like the first address. */
  readonly redirects: 'refuse' | number;
  /**
   * How much of the response is read. `none`: the promise resolves as soon as the status is known. `refusalBytes`: the same for 2xx; for
   * any other status, the beginning of the body is read as far as it arrives soon. Redirects are then never followed.
   */
  readonly response: 'none' | { readonly maxBytes: number } | { readonly refusalBytes: number };
  /** Aborts the request, which then fails with `EGRESS_FAILED` and the reason `aborted`. */
  readonly signal?: AbortSignal;
}

export interface EgressResponse {
  readonly status: number;
  /** Names in lower case; repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty with `response: 'none'`. */
  readonly body: Uint8Array;
}

/** A response whose body is still arriving. */
export interface EgressStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, which is not read ahead of its consumer. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** How a request failed: `details.reason` of `EGRESS_FAILED`. */
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
 * The only way from an edge to addresses that users provide. An address is refused if it leads to this machine or to a private or reserved
 * network, or is not https, unless the operator listed it in `WABUS_EGRESS_ALLOW`. A name is resolved once, and the connection goes to
 * exactly the addresses that were checked.
 */
export abstract class Egress {
  /** Resolves with the response, whatever its status. Throws `EGRESS_DENIED`, or `EGRESS_FAILED` with `details.reason`. */
  abstract fetch(request: EgressRequest): Promise<EgressResponse>;

  /**
   * Like `fetch`, for a response that is too long for memory. Resolves with the result of `take`, which reads the body while it arrives.
   * The time limit covers everything. Also throws the errors of `take`.
   */
  abstract stream<T>(request: Omit<EgressRequest, 'response'>, take: (answer: EgressStream) => Promise<T>): Promise<T>;

  /**
   * Checks that a request to this address would be permitted now. Throws `EGRESS_DENIED`. A name that cannot be resolved now is permitted,
   * because it may become valid later.
   */
  abstract check(url: string): Promise<void>;

  /**
   * Checks that a proxy may have this host name or address, whatever its protocol. Throws `EGRESS_DENIED`. A name that cannot be resolved now is permitted.
   */
  abstract checkProxy(host: string): Promise<void>;
}
