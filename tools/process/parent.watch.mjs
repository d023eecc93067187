// @ts-check

const LOOK_EVERY_MS = 250;

/**
 * Calls back when the process that started this one is gone. npm runs a script through a shell; a signal sent to npm ends that shell and
 * never reaches this process, which would continue alone. Only under npm: a program started by hand may outlive its shell on purpose.
 * @param {() => void} onGone
 * @param {NodeJS.ProcessEnv} [env]
 */
export function watchParent(onGone, env = process.env) {
  if (!env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    // Nothing reports a parent's end but another process having become the parent.
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
