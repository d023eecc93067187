/**
 * Reports when nothing was received for a while. Time in which this process did not run, or did not read, does not count against the other side:
 * what had arrived meanwhile is read before silence is declared.
 */
export class SilenceWatchdog {
  private timer: NodeJS.Timeout | null = null;
  private receivedSince = true;

  constructor(
    private readonly limitMs: number,
    private readonly silent: () => void
  ) {}

  /** Begins, or begins again. */
  start(): void {
    this.stop();
    this.timer = setTimeout(() => this.doubt(), this.limitMs).unref();
  }

  /** Something was received. Has no effect while stopped. */
  received(): void {
    this.receivedSince = true;
    this.timer?.refresh();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** After a pause of the process timers come before the network: one look at the network decides. */
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
