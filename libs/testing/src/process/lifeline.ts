import { spawn, type ChildProcess } from 'node:child_process';

/** Maintains a list of processes, and kills those still on it when its input ends. */
const WATCH = `pids=
while read -r change pid; do
  rest=
  for known in $pids; do [ "$known" = "$pid" ] || rest="$rest $known"; done
  pids=$rest
  [ "$change" = + ] && pids="$pids $pid"
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null`;

let watcher: ChildProcess | null = null;

/**
 * Ensures that a process does not outlive this one, however this one ends: a shell waits on a pipe that only this process holds open, and kills the process
 * when the pipe closes. One shell watches all processes.
 * @returns a function that detaches the process: call it when the process is gone, so that a later process with the same id is safe
 */
export function attachLifeline(pid: number): () => void {
  watcher ??= startWatcher();
  const { stdin } = watcher;
  stdin?.write(`+ ${pid}\n`);
  return () => void stdin?.write(`- ${pid}\n`);
}

function startWatcher(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', WATCH], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  started.once('exit', () => (watcher = null));
  started.unref();
  started.stdin.on('error', () => undefined);
  (started.stdin as unknown as { unref(): void }).unref();
  return started;
}
