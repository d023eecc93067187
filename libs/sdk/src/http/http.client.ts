import { WabusError } from '../errors/wabus.error.js';
import { bytesAsJson } from '../commands/argument-bytes.codec.js';
import type { EdgeAddress } from '../link/server-address.policy.js';
import type { TokenSource } from '../link/token.source.js';

/** A body that is sent unchanged. Declared here because `BodyInit` is a DOM type. */
export type RequestContent = string | Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array> | FormData | URLSearchParams;

/** A request to the HTTP API. */
export interface HttpRequest {
  /** The method. Default: `GET`. */
  readonly method?: string;
  /** Query parameters. Those that are `undefined` are omitted. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** The body, sent as JSON. Bytes have the form `{type: 'Buffer', data: <base64>}`. */
  readonly body?: unknown;
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
  /** The body, sent unchanged instead of `body`. */
  readonly content?: RequestContent;
}

/** Sends HTTP requests with the token of the client. */
export class HttpClient {
  private readonly fetch: typeof globalThis.fetch;

  constructor(
    private readonly address: EdgeAddress,
    private readonly token: TokenSource,
    fetch?: typeof globalThis.fetch
  ) {
    this.fetch = fetch ?? ((...args) => globalThis.fetch(...args));
  }

  /** Returns the URL of a path such as `/api/sessions`. */
  url(path: string, query: HttpRequest['query'] = {}): string {
    const url = new URL(`${this.address.origin}${this.address.prefix}${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return url.href;
  }

  /**
   * Sends a request and returns the body of the response: JSON, text, or `undefined` if there is none. Rejects with the server's error, with `UNREACHABLE` if
   * no response arrived, and with the reason of `signal` if it was aborted. An expired token is replaced once if possible; this can fail with
   * `TOKEN_UNAVAILABLE`.
   */
  async json<Body>(path: string, request: HttpRequest = {}): Promise<Body> {
    const response = await this.send(path, request);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return (text === '' ? undefined : isJson ? JSON.parse(text) : text) as Body;
  }

  /** Sends a request and returns the response without reading its body. Rejects like `json`. */
  async send(path: string, request: HttpRequest = {}): Promise<Response> {
    const response = await this.attempt(path, request, await this.token.current());
    if (response.ok) return response;
    const error = await errorOf(response);
    // A stream can be sent only once.
    const canRepeat = !(request.content instanceof ReadableStream);
    if (error.code !== 'UNAUTHORIZED' || error.details?.['reason'] !== 'expired' || !this.token.canRefresh || !canRepeat) throw error;
    const second = await this.attempt(path, request, await this.token.fresh());
    if (second.ok) return second;
    throw await errorOf(second);
  }

  private async attempt(
    path: string,
    { method = 'GET', query, body, headers, signal, content }: HttpRequest,
    token: string
  ): Promise<Response> {
    const payload = content ?? (body === undefined ? undefined : JSON.stringify(bytesAsJson(body)));
    try {
      return await this.fetch(this.url(path, query), {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(payload === undefined ? {} : { body: payload as BodyInit }),
        ...(signal ? { signal } : {}),
        // Node.js requires this option for a stream.
        ...(content instanceof ReadableStream ? ({ duplex: 'half' } as RequestInit) : {})
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      const certain = neverConnected(cause);
      throw new WabusError('UNREACHABLE', {
        message: certain ? `${this.address.origin} cannot be reached. Nothing was sent.` : `${this.address.origin} did not answer.`,
        details: { sent: certain ? 'no' : 'perhaps' },
        certain,
        cause
      });
    }
  }
}

/** The codes of Node.js for a failed connection. A browser reports no code, and the request may have been sent. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function neverConnected(thrown: unknown): boolean {
  const { code, cause } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as { code?: unknown; cause?: unknown };
  return (typeof code === 'string' && NO_CONNECTION.has(code)) || (cause !== undefined && cause !== thrown && neverConnected(cause));
}

async function errorOf(response: Response): Promise<WabusError> {
  try {
    const { error } = (await response.json()) as { error?: unknown };
    return WabusError.fromBody(error);
  } catch (cause) {
    return new WabusError('INTERNAL', {
      message: `The server answered with status ${response.status}.`,
      details: { status: response.status },
      cause
    });
  }
}
