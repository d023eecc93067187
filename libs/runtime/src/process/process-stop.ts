import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import { borderOf } from '../border/error-border.js';
import { StopSequence } from '../stop/stop-sequence.js';

export interface ProcessStopOptions {
  logger: Logger;
  /** Time limit from the signal to the exit. */
  timeoutMs: number;
}

/**
 * Signals within this time after the first are the same request: systemd, pm2 and terminals send it to every process of a group, and npm and supervisors
 * forward it once more.
 */
const ECHO_MS = 1_000;

/**
 * The signal with which `npm start` stops its processes one after another, possibly long after a signal that reached all of them at once.
 * It never counts as an impatient repetition: the supervisor has its own time limit.
 */
const SUPERVISOR_SIGNAL = 'SIGUSR2';

/**
 * Ends a process once, regardless of the cause and of repeated requests: the steps of {@link StopSequence}, then Nest's own shutdown hooks, then exit.
 * SIGTERM, SIGINT, SIGHUP and SIGUSR2 exit with 0.
 * An uncaught exception or unhandled rejection is logged under `err` and exits with 1 after the same steps, because the failed state cannot be trusted; one
 * from within an {@link ErrorBorder} ends only the request or connection of that border.
 * A signal more than a second after the first one (except SIGUSR2), or the time limit, exits immediately with 1.
 */
export class ProcessStop {
  private app: INestApplication | undefined;
  private ending: Promise<void> | undefined;
  /** Monotonic time of the first signal, in ms. */
  private askedAt: number | undefined;
  private readonly logger: Logger;

  constructor(private readonly options: ProcessStopOptions) {
    this.logger = options.logger;
  }

  get begun(): boolean {
    return this.ending !== undefined;
  }

  listenToSignals(): void {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        const now = performance.now();
        this.askedAt ??= now;
        if (now - this.askedAt >= ECHO_MS) this.exit(1, 'forced to stop');
        void this.begin(signal, 0);
      });
    }
    process.on(SUPERVISOR_SIGNAL, () => void this.begin(SUPERVISOR_SIGNAL, 0));
    process.on('uncaughtException', err => this.fail(err, 'uncaught exception'));
    process.on('unhandledRejection', err => this.fail(err, 'unhandled rejection'));
  }

  /** Sets the application to close. One that is set after the stop began is closed immediately. */
  owns(app: INestApplication): void {
    this.app = app;
  }

  /** Stops in order and exits. The promise never settles, unless tests replace the exit. */
  begin(reason: string, code: number): Promise<void> {
    this.ending ??= this.end(reason, code);
    return this.ending;
  }

  private fail(err: unknown, message: string): void {
    const border = borderOf(err);
    if (border !== null) {
      this.logger.error({ err, kind: message, ended: border.what }, 'an uncaught error ended one request or connection');
      border.end(err);
      return;
    }
    this.logger.fatal({ err }, message);
    process.exitCode = 1;
    void this.begin(message, 1);
  }

  private async end(reason: string, code: number): Promise<void> {
    this.logger.info({ reason }, 'stopping');
    const sequence = this.app?.get(StopSequence, { strict: false });
    setTimeout(() => {
      this.logger.error({ step: sequence?.underWay?.name ?? 'application', timeoutMs: this.options.timeoutMs }, 'stopping took too long');
      this.exit(1, 'gave up');
    }, this.options.timeoutMs);
    await sequence?.run({ stepFailed: ({ name }, err) => this.logger.error({ err, step: name }, 'stop step failed') });
    try {
      await this.app?.close();
    } catch (err) {
      this.logger.error({ err }, 'failed to close the application');
    }
    this.exit(Math.max(code, Number(process.exitCode ?? 0)), 'stopped');
  }

  private exit(code: number, message: string): never {
    this.logger.info({ code }, message);
    process.exit(code);
  }
}
