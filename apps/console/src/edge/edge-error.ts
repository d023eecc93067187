import type { ErrorBody } from '@wabus/contracts';

/** A refusal of the edge, or that it could not be asked. `code` is one of the closed list, or `UNREACHABLE` when no answer came. */
export class EdgeError extends Error {
  constructor(
    readonly code: ErrorBody['code'] | 'UNREACHABLE',
    message: string,
    readonly facts: { readonly retryable: boolean; readonly certain: boolean; readonly details?: unknown }
  ) {
    super(message);
    this.name = 'EdgeError';
  }

  static of({ code, message, retryable, certain, details }: ErrorBody): EdgeError {
    return new EdgeError(code, message, { retryable, certain, details });
  }

  static unreachable(message: string): EdgeError {
    return new EdgeError('UNREACHABLE', message, { retryable: true, certain: false });
  }

  static from(thrown: unknown): EdgeError {
    if (thrown instanceof EdgeError) return thrown;
    return new EdgeError('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { retryable: false, certain: false });
  }
}
