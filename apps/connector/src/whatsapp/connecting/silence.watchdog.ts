/**
 * Reports when nothing was received for the given time. Time in which this process did not run or did not read does not count: data that arrived in the
 * meantime is read before silence is reported.
 */
export class SilenceWatchdog {
  private timer: NodeJS.Timeout | null = null;
  private receivedSince = true;

  constructor(
    private readonly limitMs: number,
    private readonly silent: () => void
  ) {}

  /** Starts or restarts the timer. */
  start(): void {
    this.stop();
    this.timer = setTimeout(() => this.doubt(), this.limitMs).unref();
  }

  /** Restarts the timer because data was received. Has no effect while stopped. */
  received(): void {
    this.receivedSince = true;
    this.timer?.refresh();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** After a pause of the process, timers run before network input is read. So this waits until the event loop has read the input once. */
  private doubt(): void {
    this.receivedSince = false;
    const { timer } = this;
    setImmediate(() =>
      setImmediate(() => {
        if (this.timer === timer && timer !== null && !this.receivedSince) this.silent();
      })
    );
  }
}
