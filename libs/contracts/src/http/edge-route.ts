import type { Scope } from '../tokens/token-record.js';
import type { ErrorCode } from '../errors/error-codes.js';
import type { HttpVerb } from './command-routes.table.js';

/** A route of the edge that runs no command, or whose reply differs from that of the command. A test compares the rows with the routes that an edge serves. */
export interface EdgeRoute {
  readonly verb: HttpVerb;
  readonly path: string;
  readonly tag:
    | 'sessions'
    | 'connection'
    | 'media'
    | 'events'
    | 'store'
    | 'webhooks'
    | 'subscriptions'
    | 'tokens'
    | 'mcp'
    | 'connectors'
    | 'documents'
    | 'operation';
  readonly meaning: string;
  /** The required scope: `any` accepts every valid token, and `null` marks an open endpoint. */
  readonly scope: Scope | 'any' | null;
  /** The query parameters with their descriptions. */
  readonly query?: Readonly<Record<string, string>>;
  /** The request headers with their descriptions. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body: the name of its schema or an example, and its content types. */
  readonly body?: {
    readonly schema?: string;
    readonly example?: unknown;
    readonly contentTypes?: readonly string[];
    readonly required: boolean;
  };
  readonly status?: number;
  /** The reply: its content types, and the TypeScript type or schema of its JSON. */
  readonly reply?: { readonly type?: string; readonly schema?: string; readonly contentTypes?: readonly string[] };
  readonly errors: readonly ErrorCode[];
}
