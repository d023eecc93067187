/** The number of a session's messages without their events in the log at which the next one has to wait: a slow log slows down WhatsApp. */
const MAX_BEHIND = 16;
/** The log counts as stalled if it has accepted nothing for this long. */
const STALLED_MS = 500;

/**
 * Holds back messages while many wait for the log.
 * If the log accepts none at all, they are not held back: the journal stores them, and WhatsApp gets its receipts, until the memory limit of the publisher
 * stops reading.
 */
export class InboxBacklogLimiter {
  private isStalled = false;
  private waiting: { readonly room: Promise<void>; readonly end: () => void } | null = null;

  /** Resolves when fewer messages wait, or the log accepts none. `null` if there is room. */
  room(pending: number): Promise<void> | null {
    if (this.isStalled || pending < MAX_BEHIND) return null;
    this.waiting ??= this.begin();
    return this.waiting.room;
  }

  /** Records that the log has accepted events. */
  finished(pending: number): void {
    this.isStalled = false;
    if (pending < MAX_BEHIND) this.end();
  }

  /** Ends every wait. */
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
