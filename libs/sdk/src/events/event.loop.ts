import type { CursorKeeper } from '../cursors/cursor-keeper.js';
import type { EventStream } from './event.feed.js';

/** What a loop over events is opened with. */
export interface OpenedFeed {
  readonly feed: EventStream;
  /** Lets go of the connection. */
  readonly release: () => void;
}

/**
 * Events for `for await`. An event counts as handled when the next one is asked for; with a `keeper` that is what is saved. Leaving the loop (`break`, `return`, an error) lets
 * go of the connection; the event at hand then comes again under the same name.
 */
export class EventLoop<Event extends { readonly cursor: string }> implements AsyncIterableIterator<Event> {
  private opened: Promise<OpenedFeed> | null = null;
  private isDone = false;
  /** Of the event that is being handled. */
  private atHand: string | null = null;

  constructor(
    private readonly open: () => Promise<OpenedFeed>,
    private readonly keeper: CursorKeeper | null,
    private readonly finished: (loop: EventLoop<Event>) => void
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next event. Rejects with what ended the subscription. */
  async next(): Promise<IteratorResult<Event, undefined>> {
    if (this.isDone) return { done: true, value: undefined };
    if (this.atHand !== null) this.keeper?.advance(this.atHand);
    this.atHand = null;
    try {
      this.opened ??= this.open();
      const { feed } = await this.opened;
      const event = this.isDone ? null : await feed.next();
      if (event === null) return await this.return();
      this.atHand = event.cursor;
      return { done: false, value: event as unknown as Event };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  /** Ends the loop, also while it waits for an event. */
  async return(): Promise<IteratorResult<Event, undefined>> {
    if (!this.isDone) {
      this.isDone = true;
      this.finished(this);
      const opened = await this.opened?.catch(() => null);
      opened?.feed.close();
      opened?.release();
      await this.keeper?.flush();
    }
    return { done: true, value: undefined };
  }
}
