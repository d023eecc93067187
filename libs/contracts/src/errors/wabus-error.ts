import { ERROR_CODES, isErrorCode, type ErrorCode } from './error-codes.js';

/** An error on the wire: in Socket.IO acknowledgments, HTTP bodies and NATS replies. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  certain: boolean;
  details?: Record<string, unknown>;
}

export interface WabusErrorOptions {
  /** Defaults to the meaning of the code. */
  message?: string;
  /** Data that a program can act on. The caller receives them, so they must not contain secrets. */
  details?: Record<string, unknown>;
  /** Whether the same request may succeed later without change, if this case differs from the code. */
  retryable?: boolean | undefined;
  /** Whether the request certainly had no effect, if this case differs from the code. */
  certain?: boolean | undefined;
  cause?: unknown;
}

/** The only error that crosses a module boundary: one of a closed list of codes, with its details. */
export class WabusError extends Error {
  override readonly name = 'WabusError';
  readonly details: Record<string, unknown> | undefined;
  readonly retryable: boolean;
  readonly certain: boolean;

  constructor(
    readonly code: ErrorCode,
    options: WabusErrorOptions = {}
  ) {
    super(options.message ?? ERROR_CODES[code].meaning, options.cause === undefined ? undefined : { cause: options.cause });
    this.details = options.details;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
    this.certain = options.certain ?? ERROR_CODES[code].certain;
  }

  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      certain: this.certain,
      ...(this.details ? { details: this.details } : {})
    };
  }

  /**
   * Returns the error that `toBody()` described. A code that this release does not have, from a newer peer, becomes `INTERNAL` with the original code in
   * `details.code`; `retryable` and `certain` are kept.
   */
  static fromBody({ code, message, ...facts }: Partial<Omit<ErrorBody, 'code'>> & { code: string; message: string }): WabusError {
    const { details, retryable, certain } = facts;
    if (!isErrorCode(code)) return new WabusError('INTERNAL', { message, details: { ...details, code }, retryable, certain });
    return new WabusError(code, { message, details, retryable, certain });
  }

  /** Converts a thrown value to a `WabusError`. Any other error becomes `INTERNAL`, whose message reveals nothing. */
  static from(thrown: unknown): WabusError {
    return thrown instanceof WabusError ? thrown : new WabusError('INTERNAL', { cause: thrown });
  }

  /** Converts an error from a step before anything takes effect: `certain` is always `true`, whatever the default of the code. */
  static beforeEffect(thrown: unknown): WabusError {
    const error = WabusError.from(thrown);
    if (error.certain) return error;
    const { code, message, details, retryable } = error;
    return new WabusError(code, { message, details, retryable, certain: true, cause: error.cause ?? error });
  }
}
