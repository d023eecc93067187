import { totalmem } from 'node:os';
import { VERSION } from './version.js';

/** A process's measurements of its own resource use. */
export interface ProcessReading {
  readonly version: string;
  /** Start time of the process, as an ISO time. */
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number | null;
  /** The average number of processors in use since the previous reading. */
  readonly cpu: number;
}

/** Measures this process. Each caller needs its own instance, because the processor use is measured from one reading to the next. */
export class ProcessFigures {
  private usedMs = 0;
  /** By the clock of `performance.now()`, which begins at 0 when the process starts. */
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

/** Returns the memory limit of the container or systemd unit; `null` without one, when the system reports 0 or more than the machine has. */
export function memoryLimit(): number | null {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : null;
}
