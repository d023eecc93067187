// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * The outcome of a finished command. `code` is `null` if a signal ended it; `error` is set if it could not be started or timed out.
 * @typedef {{ code: number | null, stdout: string, stderr: string, error: string | null }} Outcome
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs a command to its end and collects its output. Never throws: a command that cannot be started also returns an outcome.
 * The command is killed when this process exits.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, priority?: number, onOutput?: (chunk: string) => void }} [options]
 * `priority` as in `os.setPriority`
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    if (options.priority !== undefined && child.pid !== undefined) setPriority(child.pid, options.priority);
    /** @type {Outcome} */
    const outcome = { code: null, stdout: '', stderr: '', error: null };
    const timer = options.timeoutMs
      ? setTimeout(() => {
          outcome.error = `no answer within ${(options.timeoutMs ?? 0) / 1000} s`;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    child.stdout.setEncoding('utf8').on('data', chunk => {
      outcome.stdout += chunk;
      options.onOutput?.(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', chunk => {
      outcome.stderr += chunk;
      options.onOutput?.(chunk);
    });
    child.once('error', error => {
      outcome.error = error.message;
      running.delete(child);
      clearTimeout(timer);
      resolve(outcome);
    });
    child.once('close', code => {
      outcome.code = code;
      running.delete(child);
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

/**
 * Returns why a command failed, in one line.
 * @param {Outcome} outcome
 */
export function failureOf(outcome) {
  const lines = `${outcome.stderr}\n${outcome.stdout}`.split('\n').map(line => line.trim());
  const telling = lines.find(line => /^(E:|error|npm error|Error)/i.test(line)) ?? lines.find(line => line !== '');
  return outcome.error ?? telling ?? `exit code ${outcome.code}`;
}

/**
 * Finds a program on the search path, like a shell.
 * @param {string} name
 * @param {string | undefined} searchPath
 * @returns {string | null}
 */
export function findOnPath(name, searchPath = process.env['PATH']) {
  for (const folder of (searchPath ?? '').split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder; try the next one.
    }
  }
  return null;
}
