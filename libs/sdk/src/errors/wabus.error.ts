import { ERROR_CODES, type ErrorCode } from '../generated/error.catalog.js';
import type { ErrorBody } from '../generated/payload.catalog.js';

/** Codes of errors that happen on this side of the connection. */
export const CLIENT_ERROR_CODES = {
  UNREACHABLE: { retryable: true, certain: true, meaning: 'The server could not be reached in time. Nothing was sent.' },
  CLOSED: { retryable: false, certain: true, meaning: 'The client was closed. Nothing was sent.' },
  TOKEN_UNAVAILABLE: { retryable: true, certain: true, meaning: 'The function that creates tokens failed; see `cause`.' },
  BAD_SIGNATURE: { retryable: false, certain: true, meaning: 'The webhook signature is invalid; `details.reason` says why.' }
} as const;

/** The code of an error that happens on this side of the connection. */
export type ClientErrorCode = keyof typeof CLIENT_ERROR_CODES;

const FACTS = { ...ERROR_CODES, ...CLIENT_ERROR_CODES };

/** The facts of a `WabusError` besides its code. */
export interface WabusErrorOptions {
  /** The message; the meaning of the code if missing. */
  message?: string;
  /** Facts that a program can act on. */
  details?: Record<string, unknown>;
  /** Whether the same request may succeed later; the value of the code if missing. */
  retryable?: boolean | undefined;
  /** Whether the request certainly had no effect; the value of the code if missing. */
  certain?: boolean | undefined;
  /** The cause of the error. */
  cause?: unknown;
}

/**
 * Every error that this package rejects with. `code` is from a closed list: the codes of the server, and a few of the client (`ClientErrorCode`). A code that this version
 * does not know, from a newer server, becomes `INTERNAL` with the code in `details.code`.
 */
export class WabusError extends Error {
  override readonly name = 'WabusError';
  /** Whether the same request may succeed later without change. */
  readonly retryable: boolean;
  /** Whether the request certainly had no effect. If `false`, it may have had one: repeat it only with the same idempotency key. */
  readonly certain: boolean;
  /** Facts that a program can act on. */
  readonly details: Record<string, unknown> | undefined;

  constructor(
    /** The code of the error, for programs. */
    readonly code: ErrorCode | ClientErrorCode,
    options: WabusErrorOptions = {}
  ) {
    super(options.message ?? FACTS[code].meaning, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable ?? FACTS[code].retryable;
    this.certain = options.certain ?? FACTS[code].certain;
    this.details = options.details;
  }

  /**
   * Reads the error in an answer of the server, whose `retryable` and `certain` take precedence over those of the code. Anything that is not an error
   * body becomes `INTERNAL`.
   */
  static fromBody(body: unknown): WabusError {
    const { code, message, details, ...facts } = (typeof body === 'object' && body !== null ? body : {}) as Partial<ErrorBody>;
    const said = { retryable: flagOf(facts.retryable), certain: flagOf(facts.certain) };
    if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)) return new WabusError(code, { message, details, ...said });
    return new WabusError('INTERNAL', {
      message: message ?? 'The server returned an invalid error body.',
      details: { ...details, ...(code === undefined ? {} : { code }) },
      // A code of a newer server; without one nothing in the body counts.
      ...(typeof code === 'string' ? said : {})
    });
  }

  /** Anything thrown, as a `WabusError`: its own kind unchanged, everything else as `INTERNAL` with the cause. */
  static from(thrown: unknown): WabusError {
    if (thrown instanceof WabusError) return thrown;
    return new WabusError('INTERNAL', { message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });
  }

  /** For people: `CODE: message`. */
  override toString(): string {
    return `${this.code}: ${this.message}`;
  }
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
