import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import { borderOf } from '../border/error-border.js';
import { StopSequence } from '../stop/stop-sequence.js';

export interface ProcessStopOptions {
  logger: Logger;
  /** For everything from the signal to the exit. */
  timeoutMs: number;
}

/**
 * Signals within this long of the first are the same request: systemd, pm2 and terminals send it to every process of a group, and npm and whoever
 * supervises this process pass it on once more.
 */
const ECHO_MS = 1_000;

/**
 * How `npm start` asks its processes to stop, one after the other and so at any time after a signal that reached all of them at once. It
 * never means impatience: the supervisor has a time limit of its own.
 */
const SUPERVISOR_SIGNAL = 'SIGUSR2';

/**
 * Ends a process once, whatever asks for it and however often: the steps of {@link StopSequence}, then Nest's own shutdown hooks, then exit.
 * SIGTERM, SIGINT, SIGHUP and SIGUSR2 exit with 0; an uncaught exception or unhandled rejection is logged under `err` and exits with 1 after the
 * same steps, since the state that threw cannot be trusted to continue; one that came from within an {@link ErrorBorder} ends only what that surrounds.
 * A signal more than a second after the first one (SIGUSR2 apart), or the time limit, exits at once with 1.
 */
export class ProcessStop {
  private app: INestApplication | undefined;
  private ending: Promise<void> | undefined;
  /** Monotonic, ms: when the first signal came. */
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

  /** The application to close. One that arrives after the stop began is closed at once. */
  owns(app: INestApplication): void {
    this.app = app;
  }

  /** Stops in order and exits; settles never, unless exiting is replaced. */
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
