import { ERROR_CODES, isErrorCode, type ErrorCode } from './error-codes.js';

/** An error as it travels: in Socket.IO acks, HTTP bodies and NATS replies. */
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
  /** Facts a program can act on. They are sent to the caller: no secrets. */
  details?: Record<string, unknown>;
  /** Whether the same request may succeed later without change, if this case differs from the code. */
  retryable?: boolean | undefined;
  /** Whether the request certainly had no effect, if this case differs from the code. */
  certain?: boolean | undefined;
  cause?: unknown;
}

/** The only error that leaves a room: a closed code with its facts. */
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

  /** The error that `toBody()` described; an unknown code (a newer peer) becomes `INTERNAL` with the code in its details and what the peer says of the case. */
  static fromBody({ code, message, ...facts }: Partial<Omit<ErrorBody, 'code'>> & { code: string; message: string }): WabusError {
    const { details, retryable, certain } = facts;
    if (!isErrorCode(code)) return new WabusError('INTERNAL', { message, details: { ...details, code }, retryable, certain });
    return new WabusError(code, { message, details, retryable, certain });
  }

  /** Anything thrown, as a `WabusError`: its own kind unchanged, everything else as `INTERNAL`, which reveals nothing. */
  static from(thrown: unknown): WabusError {
    return thrown instanceof WabusError ? thrown : new WabusError('INTERNAL', { cause: thrown });
  }

  /** The same of a step before anything takes effect: nothing was done, whatever the code says in general. */
  static beforeEffect(thrown: unknown): WabusError {
    const error = WabusError.from(thrown);
    if (error.certain) return error;
    const { code, message, details, retryable } = error;
    return new WabusError(code, { message, details, retryable, certain: true, cause: error.cause ?? error });
  }
}
