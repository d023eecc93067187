import { Injectable } from '@nestjs/common';

/** `live`: if it fails, a restart would help. `ready`: the process can work now; if it fails, the process gets no traffic but is not restarted. */
export type HealthKind = 'live' | 'ready';

/** The result of a check: nothing, `true` or a detail if it passes, otherwise the reason. A check that throws or exceeds its time limit fails. */
export type HealthAnswer = void | true | { detail: string } | { failing: string };

export interface HealthCheck {
  name: string;
  kind: HealthKind;
  check: () => HealthAnswer | Promise<HealthAnswer>;
  /** Time limit of the check, in ms. Default 2,000. */
  timeoutMs?: number;
}

export interface HealthReport {
  status: 'ok' | 'failing';
  /** `details`: the details of the check's error, for programs. */
  checks: Record<string, { status: 'ok'; detail?: string } | { status: 'failing'; reason: string; details?: Record<string, unknown> }>;
}

/** The named checks of a process. Any provider can add one; `GET /health/live` and `GET /health/ready` run them. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  /**
   * Adds a check. A second check of the same kind and name is a programming error and throws.
   * @returns a function that removes the check
   */
  add(check: HealthCheck): () => void {
    const key = `${check.kind}/${check.name}`;
    if (this.checks.has(key)) throw new Error(`there is already a health check named '${key}'`);
    this.checks.set(key, check);
    return () => void this.checks.delete(key);
  }

  /** Runs all checks of a kind in parallel. Never rejects. */
  async report(kind: HealthKind): Promise<HealthReport> {
    const due = [...this.checks.values()].filter(check => check.kind === kind);
    const answers = await Promise.all(due.map(async check => [check.name, await answerOf(check)] as const));
    const status = answers.every(([, answer]) => answer.status === 'ok') ? 'ok' : 'failing';
    return { status, checks: Object.fromEntries(answers) };
  }
}

async function answerOf({ check, timeoutMs = 2_000 }: HealthCheck): Promise<HealthReport['checks'][string]> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<HealthAnswer>(resolve => {
    timer = setTimeout(() => resolve({ failing: `no answer within ${timeoutMs} ms` }), timeoutMs);
  });
  try {
    const answer = await Promise.race([Promise.resolve().then(check), limit]);
    if (!answer || answer === true) return { status: 'ok' };
    return 'failing' in answer ? { status: 'failing', reason: answer.failing } : { status: 'ok', detail: answer.detail };
  } catch (err) {
    const { details } = err as { details?: Record<string, unknown> };
    return { status: 'failing', reason: err instanceof Error ? err.message : String(err), ...(details && { details }) };
  } finally {
    clearTimeout(timer);
  }
}
