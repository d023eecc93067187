import type { ErrorBody } from '@wabus/contracts';
import { EdgeError } from './edge-error.js';

/** The error that a refused request has in its body; one made of the status when the body is none of the edge's (a proxy's page, say). */
export function errorOfAnswer(status: number, text: string): EdgeError {
  const error = parsed(text)?.error;
  if (error && typeof error.code === 'string') return EdgeError.of(error);
  return EdgeError.unreachable(`HTTP ${status}`);
}

function parsed(text: string): { error?: ErrorBody } | null {
  try {
    return JSON.parse(text) as { error?: ErrorBody };
  } catch {
    return null;
  }
}
