import { ERROR_CODES, type ErrorCode } from '../generated/error.catalog.js';
import type { ErrorBody } from '../generated/payload.catalog.js';

/** The codes of errors that the client itself creates. */
export const CLIENT_ERROR_CODES = {
  UNREACHABLE: { retryable: true, certain: true, meaning: 'The server could not be reached in time. Nothing was sent.' },
  CLOSED: { retryable: false, certain: true, meaning: 'The client was closed. Nothing was sent.' },
  TOKEN_UNAVAILABLE: { retryable: true, certain: true, meaning: 'The function that creates tokens failed; see `cause`.' },
  BAD_SIGNATURE: { retryable: false, certain: true, meaning: 'The webhook signature is invalid; `details.reason` says why.' }
} as const;

/** The code of an error that the client itself creates. */
export type ClientErrorCode = keyof typeof CLIENT_ERROR_CODES;

const FACTS = { ...ERROR_CODES, ...CLIENT_ERROR_CODES };

/** The properties of a `WabusError` apart from its code. */
export interface WabusErrorOptions {
  /** The message. Default: the meaning of the code. */
  message?: string;
  /** Data that a program can act on. */
  details?: Record<string, unknown>;
  /** Whether the same request may succeed later without change. Default: the value of the code. */
  retryable?: boolean | undefined;
  /** Whether the request certainly had no effect. Default: the value of the code. */
  certain?: boolean | undefined;
  /** The cause of the error. */
  cause?: unknown;
}

/**
 * The error with which all methods of this package reject. `code` is from a closed list: the codes of the server and those of the client (`ClientErrorCode`). A
 * code that this version does not have, from a newer server, becomes `INTERNAL` with the original code in `details.code`.
 */
export class WabusError extends Error {
  override readonly name = 'WabusError';
  /** Whether the same request may succeed later without change. */
  readonly retryable: boolean;
  /** Whether the request certainly had no effect. If `false`, it may have taken effect: repeat it only with the same idempotency key. */
  readonly certain: boolean;
  /** Data that a program can act on. */
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
   * Converts the error body in a response of the server. Its `retryable` and `certain` take precedence over those of the code. Anything that is not an error
   * body becomes `INTERNAL`.
   */
  static fromBody(body: unknown): WabusError {
    const { code, message, details, ...facts } = (typeof body === 'object' && body !== null ? body : {}) as Partial<ErrorBody>;
    const said = { retryable: flagOf(facts.retryable), certain: flagOf(facts.certain) };
    if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)) return new WabusError(code, { message, details, ...said });
    return new WabusError('INTERNAL', {
      message: message ?? 'The server returned an invalid error body.',
      details: { ...details, ...(code === undefined ? {} : { code }) },
      // Without a code, nothing in the body is trusted. With one, it comes from a newer server.
      ...(typeof code === 'string' ? said : {})
    });
  }

  /** Converts a thrown value: a `WabusError` is returned unchanged, and anything else becomes `INTERNAL` with the value as its cause. */
  static from(thrown: unknown): WabusError {
    if (thrown instanceof WabusError) return thrown;
    return new WabusError('INTERNAL', { message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });
  }

  /** Returns a text for people: `CODE: message`. */
  override toString(): string {
    return `${this.code}: ${this.message}`;
  }
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
