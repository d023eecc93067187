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
  cause?: unknown;
}

/** The only error that leaves a room: a closed code with its facts. */
export class WabusError extends Error {
  override readonly name = 'WabusError';
  readonly details: Record<string, unknown> | undefined;
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    options: WabusErrorOptions = {}
  ) {
    super(options.message ?? ERROR_CODES[code].meaning, options.cause === undefined ? undefined : { cause: options.cause });
    this.details = options.details;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
  }

  toBody(): ErrorBody {
    const { certain } = ERROR_CODES[this.code];
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      certain,
      ...(this.details ? { details: this.details } : {})
    };
  }

  /** The error that `toBody()` described; an unknown code (a newer peer) becomes `INTERNAL` with the code in its details. */
  static fromBody(body: { code: string; message: string; retryable?: boolean; details?: Record<string, unknown> }): WabusError {
    if (!isErrorCode(body.code))
      return new WabusError('INTERNAL', { message: body.message, details: { ...body.details, code: body.code } });
    return new WabusError(body.code, { message: body.message, details: body.details, retryable: body.retryable });
  }

  /** Anything thrown, as a `WabusError`: its own kind unchanged, everything else as `INTERNAL`, which reveals nothing. */
  static from(thrown: unknown): WabusError {
    return thrown instanceof WabusError ? thrown : new WabusError('INTERNAL', { cause: thrown });
  }
}
