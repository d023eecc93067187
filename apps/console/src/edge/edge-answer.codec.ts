import { WabusError } from '@wabus/sdk';

/** The error that a refused request has in its body; `INTERNAL` with the status when the body is none of the edge's (a proxy's page, say). */
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
