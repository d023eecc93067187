/** An error as edges return it: a code from a closed list, and a message that says what to do. */
export interface EdgeFault {
  readonly code: string;
  readonly message: string;
  /** Whether the same request may succeed later without change. */
  readonly retryable: boolean;
  /** Whether the request certainly had no effect. */
  readonly certain: boolean;
  readonly details?: unknown;
}

/** Returns the error in the body of a response of any form. A response of a proxy has no code of Wabus. */
export function errorOf(status: number, body: unknown): EdgeFault {
  const error = fieldOf(parsed(body), 'error');
  const [code, message] = [fieldOf(error, 'code'), fieldOf(error, 'message')];
  if (typeof code === 'string' && typeof message === 'string') {
    const details = fieldOf(error, 'details');
    return {
      code,
      message,
      retryable: fieldOf(error, 'retryable') === true,
      certain: fieldOf(error, 'certain') === true,
      ...(details === undefined ? {} : { details })
    };
  }
  return {
    code: 'UNEXPECTED_ANSWER',
    message: `The server answered with status ${status}, but not with a Wabus error. Check the base URL of the credential.`,
    retryable: status >= 500,
    certain: false
  };
}

/** Returns the error for a request without an answer. */
export function noAnswer(url: string, reason: string, certain: boolean): EdgeFault {
  const message = `No answer from ${new URL(url).origin} (${reason}). Check that the edge is running and that n8n can reach it.`;
  return { code: 'UNREACHABLE', message, retryable: true, certain };
}

function parsed(body: unknown): unknown {
  const text =
    typeof body === 'string' ? body : Buffer.isBuffer(body) || body instanceof ArrayBuffer ? Buffer.from(body as Buffer).toString() : null;
  if (text === null) return body;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
