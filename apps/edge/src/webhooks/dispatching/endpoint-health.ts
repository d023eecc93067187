import type { Logger } from '@wabus/runtime';
import { afterFailure, breakerStateOf, CLOSED, permitted, type Breaker } from '../delivery/breaker.state.js';
import { afterRefusal, isRefusing, type Refusals } from '../delivery/refusals.state.js';
import type { Verdict } from '../delivery/verdict.table.js';
import type { WebhookSettings } from '../webhook-limits.js';
import type { WebhookProgress } from './progress.policy.js';
import type { WebhookMeters } from './webhook-meters.js';

interface HealthContext {
  readonly webhook: string;
  readonly settings: WebhookSettings;
  readonly meters: WebhookMeters;
  readonly logger: Logger;
}

/** The health of one webhook's endpoint: whether it fails, and whether it refuses consecutive events. */
export class EndpointHealth {
  breaker: Breaker;
  refusals: Refusals | null;

  constructor(
    progress: Pick<WebhookProgress, 'breaker' | 'refusals'>,
    private readonly context: HealthContext
  ) {
    this.breaker = progress.breaker;
    this.refusals = progress.refusals ?? null;
    if (this.fails) context.meters.openBreakers.inc();
    if (isRefusing(this.refusals)) context.meters.refusing.inc();
  }

  close(): void {
    if (this.fails) this.context.meters.openBreakers.dec();
    if (isRefusing(this.refusals)) this.context.meters.refusing.dec();
  }

  /** Whether the next attempt is a trial. */
  isTrial(now: number): boolean {
    return breakerStateOf(this.breaker, now) === 'half-open';
  }

  permitted(now: number): number {
    return permitted(this.breaker, now, this.context.settings.parallel);
  }

  /** Records the outcome of an attempt. Returns whether it ended a series of failures. */
  judge({ kind }: Verdict, now: number): boolean {
    const { settings, meters, logger, webhook } = this.context;
    const failedBefore = this.fails;
    this.breaker = kind === 'retry' ? afterFailure(this.breaker, now, { ...settings, limit: settings.breakerFailures }) : CLOSED;
    if (kind === 'delivered') this.noteRefusals(null);
    if (this.fails === failedBefore) return false;
    if (this.fails) logger.warn({ webhook }, 'webhook endpoint is failing, breaker opened');
    else logger.info({ webhook }, 'webhook endpoint recovered, breaker closed');
    meters.openBreakers.inc(this.fails ? 1 : -1);
    return failedBefore;
  }

  /** Records events that were refused because of their content. Returns whether the number of consecutive refusals requires the webhook to be paused. */
  refused(events: number, now: number): boolean {
    const { pauseAfterRefusals: most } = this.context.settings;
    const refusals = afterRefusal(this.refusals, events, new Date(now).toISOString());
    this.noteRefusals(refusals);
    return most > 0 && refusals.inRow >= most;
  }

  private get fails(): boolean {
    return this.breaker.until !== null;
  }

  private noteRefusals(refusals: Refusals | null): void {
    const { meters, logger, webhook } = this.context;
    const change = Number(isRefusing(refusals)) - Number(isRefusing(this.refusals));
    if (change > 0) logger.warn({ webhook }, 'webhook endpoint keeps refusing events');
    if (change !== 0) meters.refusing.inc(change);
    this.refusals = refusals;
  }
}
