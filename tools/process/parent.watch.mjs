// @ts-check

const LOOK_EVERY_MS = 250;

/**
 * Calls `onGone` when the process that started this one has ended. npm runs a script through a shell; a signal sent to npm ends that shell but
 * never reaches this process, which would continue to run. Only under npm: a program that was started by hand may outlive its shell on purpose.
 * @param {() => void} onGone
 * @param {NodeJS.ProcessEnv} [env]
 */
export function watchParent(onGone, env = process.env) {
  if (!env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    // The only sign of a parent's end is a different parent process id.
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
