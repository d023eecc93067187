// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A process that can be recognized later: process ids are reused, but an id together with its start time is unique.
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */

/**
 * Returns the identity of a running process; `null` if no process has this id.
 * @param {number} pid
 * @returns {ProcessIdentity | null}
 */
export function identify(pid) {
  const startedAt = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/**
 * Whether this exact process is still running.
 * @param {ProcessIdentity} identity
 */
export function isAlive(identity) {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * Ends processes with SIGTERM, and with SIGKILL after the time limit.
 * @param {ProcessIdentity[]} identities
 * @param {number} limitMs
 */
export async function endProcesses(identities, limitMs) {
  const deadline = Date.now() + limitMs;
  for (const identity of identities.filter(isAlive)) signal(identity, 'SIGTERM');
  while (identities.some(isAlive)) {
    if (Date.now() > deadline) for (const identity of identities.filter(isAlive)) signal(identity, 'SIGKILL');
    // They are not children of this process, so no event reports their end.
    await delay(50);
  }
}

/**
 * @param {ProcessIdentity} identity
 * @param {NodeJS.Signals} name
 */
function signal(identity, name) {
  try {
    process.kill(identity.pid, name);
  } catch {
    // It ended in the meantime.
  }
}

/** @param {number} pid */
function startTimeFromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may contain spaces, so fields are counted after it. Field 3 is the state, field 22 the start time in ticks
    // since boot.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function startTimeFromPs(pid) {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
    );
  } catch {
    return null;
  }
}
