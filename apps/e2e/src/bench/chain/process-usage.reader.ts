import { readFileSync } from 'node:fs';

/** The resource usage of a process since its start. Linux only. */
export interface ProcessUsage {
  readonly cpuMs: number;
  /** System calls that read, and those that write. */
  readonly reads: number;
  readonly writes: number;
  /** Bytes written to the disk. */
  readonly diskBytes: number;
}

const TICK_MS = 10;
/** Fields of `/proc/PID/stat` after the program name: user and kernel time, in ticks. */
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** Reads `/proc`, which works for processes of ours and of others. Throws on a system without `/proc`. */
export function readProcess(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const io = readFileSync(`/proc/${pid}/io`, 'utf8');
  const count = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? NaN);
  return {
    cpuMs: (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) * TICK_MS,
    reads: count('syscr'),
    writes: count('syscw'),
    diskBytes: count('write_bytes')
  };
}

export function usedSince(before: ProcessUsage, after: ProcessUsage): ProcessUsage {
  return {
    cpuMs: after.cpuMs - before.cpuMs,
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    diskBytes: after.diskBytes - before.diskBytes
  };
}
