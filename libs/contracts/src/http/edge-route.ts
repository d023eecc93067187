import type { Scope } from '../tokens/token-record.js';
import type { ErrorCode } from '../errors/error-codes.js';
import type { HttpVerb } from './command-routes.table.js';

/** A route of the edge behind which no command stands, or one whose answer is shaped. A test compares the rows with what an edge really serves. */
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
  /** `any` for every token that is valid, `null` for open endpoints. */
  readonly scope: Scope | 'any' | null;
  /** Parameters of the query and what they mean. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers of the request and what they mean. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of a schema, or what the body is. */
  readonly body?: {
    readonly schema?: string;
    readonly example?: unknown;
    readonly contentTypes?: readonly string[];
    readonly required: boolean;
  };
  readonly status?: number;
  /** What comes: content types and the TypeScript type or schema of JSON. */
  readonly reply?: { readonly type?: string; readonly schema?: string; readonly contentTypes?: readonly string[] };
  readonly errors: readonly ErrorCode[];
}
