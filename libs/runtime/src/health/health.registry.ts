import { Injectable } from '@nestjs/common';

/** `live`: restarting the process would help. `ready`: it can do its work now; a failing one gets no traffic but is left alone. */
export type HealthKind = 'live' | 'ready';

/** What a check answers: nothing, true or a detail worth knowing when well, else the reason. A check that throws or takes longer than its limit is failing. */
export type HealthAnswer = void | true | { detail: string } | { failing: string };

export interface HealthCheck {
  name: string;
  kind: HealthKind;
  check: () => HealthAnswer | Promise<HealthAnswer>;
  /** Default 2,000. */
  timeoutMs?: number;
}

export interface HealthReport {
  status: 'ok' | 'failing';
  /** `details`: for programs, what the error of a check carried. */
  checks: Record<string, { status: 'ok'; detail?: string } | { status: 'failing'; reason: string; details?: Record<string, unknown> }>;
}

/** Named checks of a process. Any provider adds its own; `GET /health/live` and `GET /health/ready` run them. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  /** @returns what takes the check out again. A second check of the same kind and name is a programming error and throws. */
  add(check: HealthCheck): () => void {
    const key = `${check.kind}/${check.name}`;
    if (this.checks.has(key)) throw new Error(`there is already a health check named '${key}'`);
    this.checks.set(key, check);
    return () => void this.checks.delete(key);
  }

  /** Runs all checks of a kind at the same time. Never rejects. */
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
