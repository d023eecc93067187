import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A line is dropped if the reader accepts nothing for this long. */
const BUSY_LIMIT_MS = 1_000;
const BUSY_PAUSE_MS = 10;

/** Writes bytes starting at `offset` and returns how many; throws the system's error. */
export type WriteBytes = (bytes: Uint8Array, offset: number) => number;

/** Number of lines that could not be written, and the code of the last failure, such as `ENOSPC`. */
export interface LostLines {
  readonly lines: number;
  readonly code: string;
}

/**
 * Writes log lines to standard output synchronously, so that the last line before a crash is not lost.
 * A line that cannot be written (disk full, reader gone, input/output error) is dropped without any other effect: a process works with or without its log.
 * When writes succeed again, `onRecovery` receives the number of lost lines.
 */
export class LogDestination implements DestinationStream {
  private lost = 0;
  private code = '';
  /** A line was written partly, so the next one must start on a new line. */
  private torn = false;

  constructor(
    private readonly onRecovery: (lost: LostLines) => void,
    private readonly writeBytes: WriteBytes = (bytes, offset) => writeSync(1, bytes, offset)
  ) {}

  write(line: string): void {
    const bytes = Buffer.from(this.torn ? `\n${line}` : line);
    let written = 0;
    let busySince: number | null = null;
    while (written < bytes.length) {
      try {
        written += this.writeBytes(bytes, written);
        busySince = null;
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException;
        busySince ??= performance.now();
        if (code === 'EAGAIN' && this.lost === 0 && performance.now() - busySince < BUSY_LIMIT_MS) {
          pause(BUSY_PAUSE_MS);
          continue;
        }
        this.lost++;
        this.code = code;
        this.torn ||= written > 0;
        return;
      }
    }
    this.torn = false;
    if (this.lost === 0) return;
    const lost = { lines: this.lost, code: this.code };
    this.lost = 0;
    this.onRecovery(lost);
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Prevents output of the runtime and of libraries that bypasses the log (warnings, usage) from ending the process if it cannot be written. */
export function ignoreOutputFailures(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
