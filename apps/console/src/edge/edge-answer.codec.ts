import { WabusError } from '@wabus/sdk';

/**
 * Returns the error in the body of a refused request; `INTERNAL` with the HTTP status if the body did not come from the edge, but from a proxy,
 * for example.
 */
export function errorOfAnswer(status: number, text: string): WabusError {
  const error = parsed(text)?.error;
  if (error !== undefined) return WabusError.fromBody(error);
  return new WabusError('INTERNAL', { message: `HTTP ${status}`, details: { status } });
}

function parsed(text: string): { error?: unknown } | null {
  try {
    return JSON.parse(text) as { error?: unknown };
  } catch {
    return null;
  }
}
