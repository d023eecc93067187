/** A request to a server of the outside world on behalf of a user. */
export interface EgressRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything: name resolution, connection, redirects, answer. */
  readonly timeoutMs: number;
  /** `refuse`: an answer that redirects is an answer like any other. A number: so many are followed, each of them checked like the first address. */
  readonly redirects: 'refuse' | number;
  /** How much of the answer is read; `none`: the promise settles as soon as its status is known. */
  readonly response: 'none' | { readonly maxBytes: number };
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

/** How a request failed. `details.reason` of `EGRESS_FAILED`. */
export type EgressFailure =
  'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'protocol' | 'response-too-large' | 'too-many-redirects' | 'aborted';

/**
 * The one way from an edge to addresses that users name. What leads to this machine, to private or reserved networks, or is not https is refused,
 * unless the operator listed it in `WABUS_EGRESS_ALLOW`. A name is resolved once, and the connection goes to the very addresses that were checked.
 */
export abstract class Egress {
  /** Settles with any answer, whatever its status. Throws `EGRESS_DENIED`, or `EGRESS_FAILED` with `details.reason`. */
  abstract fetch(request: EgressRequest): Promise<EgressResponse>;

  /** Whether a request to this address would be let out now. Throws `EGRESS_DENIED`; a name that cannot be resolved now may be right later and passes. */
  abstract check(url: string): Promise<void>;
}
