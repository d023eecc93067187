/** So many messages of a session may be kept whose events the log does not have, before the next one is opened: a slow log slows down WhatsApp. */
const MAX_BEHIND = 16;
/** The log takes nothing when it has taken nothing for this long. */
const STALLED_MS = 500;

/**
 * Holds back messages while many wait for the log. Not while the log takes none: then they are kept in the journal, and WhatsApp gets its receipts,
 * until the memory limit of the publisher stops reading.
 */
export class InboxBacklogLimiter {
  private isStalled = false;
  private waiting: { readonly room: Promise<void>; readonly end: () => void } | null = null;

  /** Settles when fewer wait, or none is taken. `null`: there is room. */
  room(pending: number): Promise<void> | null {
    if (this.isStalled || pending < MAX_BEHIND) return null;
    this.waiting ??= this.begin();
    return this.waiting.room;
  }

  /** The log has taken some. */
  finished(pending: number): void {
    this.isStalled = false;
    if (pending < MAX_BEHIND) this.end();
  }

  /** Nobody has to wait any longer. */
  end(): void {
    this.waiting?.end();
    this.waiting = null;
  }

  private begin(): { room: Promise<void>; end: () => void } {
    let end = (): void => undefined;
    const room = new Promise<void>(resolve => {
      const timer = setTimeout(() => {
        this.isStalled = true;
        this.end();
      }, STALLED_MS).unref();
      end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return { room, end };
  }
}
