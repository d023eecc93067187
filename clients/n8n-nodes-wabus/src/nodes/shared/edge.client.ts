import { NodeApiError } from 'n8n-workflow';
import type { IHttpRequestOptions, IN8nHttpFullResponse, INode, JsonObject } from 'n8n-workflow';
import { errorOf, noAnswer, type EdgeFault } from './error-body.codec.js';

/** The part of an n8n context that is needed to send requests. */
export interface NodeContext {
  getCredentials<T extends object>(type: string, itemIndex?: number): Promise<T>;
  getNode(): INode;
  helpers: { httpRequestWithAuthentication(this: unknown, credentialsType: string, options: IHttpRequestOptions): Promise<unknown> };
}

/** A request to an edge. `path` begins with `/api/`. */
export interface EdgeRequest {
  readonly method?: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** The body, sent as JSON. */
  readonly body?: object;
  /** A file to send instead of `body`: bytes or a stream. */
  readonly content?: { readonly data: object; readonly type: string };
  readonly key?: string;
  readonly itemIndex?: number;
  /** Whether to return the response as bytes. */
  readonly binary?: boolean;
}

/** A response with a status below 300. */
export interface EdgeResponse<Body = unknown> {
  readonly body: Body;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Longer than any command may take, so that the edge answers first. */
const TIMEOUT_MS = 180_000;
/** The connection failed, so nothing was done. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** An error of an edge with its code, in the form that n8n shows. */
export class EdgeError extends NodeApiError {
  readonly code: string;
  readonly retryable: boolean;
  readonly certain: boolean;
  readonly details: unknown;

  constructor(node: INode, { code, message, retryable, certain, details }: EdgeFault, more: { status?: number; itemIndex?: number } = {}) {
    const lines = [
      message,
      retryable ? 'The same request may succeed later.' : 'Repeating the same request does not help.',
      certain ? 'Nothing was done.' : 'It may have run: repeat it with the same idempotency key.'
    ];
    super(
      node,
      { message, code, retryable, certain, ...(details === undefined ? {} : { details: details as JsonObject }) },
      {
        message: `${code}: ${message}`,
        description: `${lines.join(' ')}${details === undefined ? '' : ` Details: ${JSON.stringify(details)}`}`,
        ...(more.status === undefined ? {} : { httpCode: String(more.status) }),
        ...(more.itemIndex === undefined ? {} : { itemIndex: more.itemIndex })
      }
    );
    // n8n's constructor replaces some messages with its own.
    this.message = `${code}: ${message}`;
    // n8n uses the code in place of a missing status.
    this.httpCode = more.status === undefined ? null : String(more.status);
    this.code = code;
    this.retryable = retryable;
    this.certain = certain;
    this.details = details;
    this.context['data'] = { code, retryable, certain, details };
  }
}

/** Sends a request with the credential of the node and returns the response. Rejects with an `EdgeError`. */
export async function callEdge<Body>(context: NodeContext, request: EdgeRequest): Promise<EdgeResponse<Body>> {
  const { statusCode: status, body, headers } = await answered(context, request);
  if (status >= 200 && status < 300) return { body: body as Body, headers };
  throw new EdgeError(context.getNode(), errorOf(status, body), { status, ...at(request) });
}

/** Sends a request and returns the response; `null` for `NOT_FOUND` and `UNKNOWN_SESSION`. Rejects with an `EdgeError`. */
export async function findAtEdge<Body>(context: NodeContext, request: EdgeRequest): Promise<EdgeResponse<Body> | null> {
  const { statusCode: status, body, headers } = await answered(context, request);
  if (status >= 200 && status < 300) return { body: body as Body, headers };
  const error = errorOf(status, body);
  if (error.code === 'NOT_FOUND' || error.code === 'UNKNOWN_SESSION') return null;
  throw new EdgeError(context.getNode(), error, { status, ...at(request) });
}

async function answered(context: NodeContext, request: EdgeRequest): Promise<IN8nHttpFullResponse> {
  const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('wabusApi', request.itemIndex);
  const options = optionsOf(request, baseUrl.replace(/\/+$/, ''));
  const fail = (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error);
    const certain = options.method === 'GET' || NEVER_CONNECTED.has(String((error as { httpCode?: unknown }).httpCode));
    throw new EdgeError(context.getNode(), noAnswer(options.url, reason, certain), at(request));
  };
  return context.helpers.httpRequestWithAuthentication
    .call(context, 'wabusApi', options)
    .then(response => response as IN8nHttpFullResponse, fail);
}

const at = ({ itemIndex }: EdgeRequest): { itemIndex?: number } => (itemIndex === undefined ? {} : { itemIndex });

function optionsOf({ method = 'GET', path, query, body, content, key, binary }: EdgeRequest, base: string): IHttpRequestOptions {
  const known = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return {
    method,
    url: `${base}${path}`,
    qs: Object.fromEntries(known),
    headers: {
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...(content ? { 'Content-Type': content.type } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {})
    },
    ...(body ? { body } : {}),
    ...(content ? { body: content.data } : {}),
    ...(binary ? { encoding: 'arraybuffer' as const } : { json: !content }),
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    timeout: TIMEOUT_MS
  };
}
