import type { PasskeyAssertion, PasskeyError, PasskeyView } from '@wabus/contracts';
import { pause } from './pause.js';

interface RefusalDetails {
  readonly linked?: boolean;
  /** Why the link failed. */
  readonly error?: PasskeyError | null;
  readonly retryAfterMs?: number;
}

/** Thrown if the gateway refuses a request or does not respond. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** An error code of Wabus; `UNREACHABLE` if there was no response, `FOREIGN` if the response did not come from Wabus. */
    readonly code: string,
    message: string,
    readonly details: RefusalDetails = {}
  ) {
    super(message);
  }
}

interface ErrorBody {
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: RefusalDetails };
}

const SHORTEST_WAIT_MS = 1_000;

/**
 * Client for the one-time address of an exchange. If the gateway responds with
 * `RATE_LIMITED`, the client waits as long as the gateway requests and tries again.
 * Every method rejects with a `Refusal`, or with the reason of the signal if the signal is aborted.
 */
export class ExchangeClient {
  constructor(private readonly url: string) {}

  view(signal: AbortSignal): Promise<PasskeyView> {
    return this.ask('GET', this.url, { signal });
  }

  submit(assertion: PasskeyAssertion, signal: AbortSignal): Promise<PasskeyView> {
    return this.ask('POST', this.url, { signal, body: { assertion } });
  }

  confirm(equal: boolean, signal: AbortSignal): Promise<PasskeyView> {
    return this.ask('POST', `${this.url}/confirm`, { signal, body: { equal } });
  }

  cancel(signal: AbortSignal): Promise<PasskeyView> {
    return this.ask('DELETE', this.url, { signal });
  }

  private async ask(method: string, url: string, { signal, body }: { signal: AbortSignal; body?: object }): Promise<PasskeyView> {
    for (;;) {
      const { ok, answer } = await this.fetch(url, {
        method,
        signal,
        headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {})
      });
      if (ok && typeof answer === 'object' && answer !== null && 'stage' in answer) return answer as PasskeyView;
      const { error } = (answer ?? {}) as ErrorBody;
      if (ok || error?.code === undefined) throw new Refusal('FOREIGN', 'The response did not come from Wabus.');
      if (error.code !== 'RATE_LIMITED') throw new Refusal(error.code, error.message ?? error.code, error.details);
      await pause(Math.max(SHORTEST_WAIT_MS, error.details?.retryAfterMs ?? 0), signal);
    }
  }

  private async fetch(url: string, init: RequestInit & { signal: AbortSignal }): Promise<{ ok: boolean; answer: unknown }> {
    let response: Response;
    try {
      // The address is a secret, so the request may go to its own origin only, without caches and cookies.
      response = await fetch(url, { ...init, redirect: 'error', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
    } catch (thrown) {
      init.signal.throwIfAborted();
      throw new Refusal('UNREACHABLE', String(thrown));
    }
    const answer: unknown = await response.json().catch(() => null);
    init.signal.throwIfAborted();
    return { ok: response.ok, answer };
  }
}
