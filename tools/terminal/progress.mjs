// @ts-check

/**
 * A step in progress.
 * @typedef {object} Step
 * @property {(detail: string) => void} update shows what the step is currently doing
 * @property {(text?: string) => void} done ends it with success
 * @property {(text?: string) => void} fail ends it with a failure
 * @property {(text?: string) => void} skip ends it without a result, which is not a failure
 * @property {(text?: string) => void} warn ends it with a warning
 * @property {() => void} drop ends it without a line: there is nothing to tell
 */

/**
 * Shows progress. On a terminal, a running step is one animated line. Without a terminal, a step prints one line when it ends; only a long step
 * also prints a line when it starts, so that a log stays short but never seems to hang.
 */
export class Progress {
  static FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  static LONG_STEP_MS = 1500;

  /** @type {{ text: string, startedAt: number, timer: NodeJS.Timeout, frame: number } | null} */
  #running = null;
  #stream;
  /** The number of outputs so far. Code that replaces its own output can compare it to detect whether anything was printed since. */
  printed = 0;

  /** @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} [stream] */
  constructor(stream = process.stdout) {
    this.#stream = stream;
  }

  get isTerminal() {
    return this.#stream.isTTY === true;
  }

  /**
   * Prints a line, above the running step if there is one.
   * @param {string} text
   */
  line(text) {
    this.printed++;
    this.#clear();
    this.#stream.write(`${text}\n`);
    this.#draw();
  }

  /**
   * Starts a step. Only one step can run at a time.
   * @param {string} text
   * @returns {Step}
   */
  step(text) {
    this.printed++;
    const startedAt = Date.now();
    const timer = this.isTerminal
      ? setInterval(() => this.#draw(), 100)
      : setTimeout(() => this.#stream.write(`  … ${text}\n`), Progress.LONG_STEP_MS);
    timer.unref();
    this.#running = { text, startedAt, timer, frame: 0 };
    this.#draw();
    const end = (/** @type {string | null} */ mark, last = text) => {
      clearTimeout(timer);
      this.#clear();
      this.#running = null;
      if (mark === null) return;
      const seconds = (Date.now() - startedAt) / 1000;
      this.#stream.write(`${mark} ${last}${seconds >= 1 ? ` (${seconds.toFixed(1)} s)` : ''}\n`);
    };
    return {
      update: detail => {
        if (this.#running) this.#running.text = `${text}: ${detail}`;
        this.#draw();
      },
      done: (last = text) => end('✓', last),
      fail: (last = text) => end('✗', last),
      skip: (last = text) => end('–', last),
      warn: (last = text) => end('!', last),
      drop: () => end(null)
    };
  }

  #clear() {
    if (this.#running && this.isTerminal) this.#stream.write('\r\x1b[K');
  }

  #draw() {
    const running = this.#running;
    if (!running || !this.isTerminal) return;
    const frame = Progress.FRAMES[running.frame++ % Progress.FRAMES.length];
    const seconds = Math.floor((Date.now() - running.startedAt) / 1000);
    const line = `${frame} ${running.text}${seconds > 0 ? ` ${seconds} s` : ''}`;
    this.#stream.write(`\r\x1b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }
}
