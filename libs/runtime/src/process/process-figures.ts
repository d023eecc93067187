import { totalmem } from 'node:os';
import { VERSION } from './version.js';

/** What a process says of itself. */
export interface ProcessReading {
  readonly version: string;
  /** ISO time. */
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number | null;
  /** Processors in use, on average since the previous reading. */
  readonly cpu: number;
}

/** Reads how this process is. Each reader has one of its own, since the processors are counted from one reading to the next. */
export class ProcessFigures {
  private usedMs = 0;
  /** On the clock of `performance.now()`, whose zero is the start of the process. */
  private readAt = 0;

  read(): ProcessReading {
    const { user, system } = process.cpuUsage();
    const [usedMs, now] = [(user + system) / 1_000, performance.now()];
    const cpu = (usedMs - this.usedMs) / Math.max(1, now - this.readAt);
    this.usedMs = usedMs;
    this.readAt = now;
    return {
      version: VERSION,
      startedAt: new Date(performance.timeOrigin).toISOString(),
      memoryBytes: process.memoryUsage.rss(),
      memoryLimitBytes: memoryLimit(),
      cpu: Math.round(cpu * 1_000) / 1_000
    };
  }
}

/** The limit of the container or unit. Without one the system names 0, or more than the machine has. */
export function memoryLimit(): number | null {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : null;
}
