import { spawn } from 'node:child_process';

/**
 * Makes sure that a process does not outlive this one, however this one ends: a shell waits on a pipe that only we hold and kills the process
 * when the pipe closes.
 * @returns cuts the line: call it when the process is gone, so that a later process with the same number is safe
 */
export function attachLifeline(pid: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', `read _; kill -9 ${pid} 2>/dev/null`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  watcher.stdin.on('error', () => undefined);
  (watcher.stdin as unknown as { unref(): void }).unref();
  return () => {
    watcher.kill('SIGKILL');
    watcher.stdin.destroy();
  };
}
