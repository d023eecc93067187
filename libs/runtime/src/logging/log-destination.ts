import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A reader that takes nothing for this long is given up for this line. */
const BUSY_LIMIT_MS = 1_000;
const BUSY_PAUSE_MS = 10;

/** Writes bytes from `offset` on and returns how many; throws the system's error. */
export type WriteBytes = (bytes: Uint8Array, offset: number) => number;

/** Lines that could not be written, and the code of the last failure, such as `ENOSPC`. */
export interface LostLines {
  readonly lines: number;
  readonly code: string;
}

/**
 * Where log lines go: standard output, written at once, so that the last line before a crash is there. A line that cannot be written (disk full,
 * reader gone, input/output error) is lost and ends nothing: a process does its work with or without its log. Once lines get through again,
 * `onRecovery` receives how many were lost.
 */
export class LogDestination implements DestinationStream {
  private lost = 0;
  private code = '';
  /** A part of a line got through: the next one needs a line of its own. */
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

/** Keeps what the runtime and libraries print past the log (warnings, usage) from ending the process when it cannot be written. */
export function ignoreOutputFailures(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
