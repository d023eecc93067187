import type { CursorKeeper } from '../cursors/cursor-keeper.js';
import type { EventStream } from './event.feed.js';

/** The feed of a loop, with its connection. */
export interface OpenedFeed {
  readonly feed: EventStream;
  /** Closes the connection. */
  readonly release: () => void;
}

/**
 * The events of a `for await` loop. An event counts as handled when the next one is requested; its position is saved if there is a `keeper`. Leaving the loop
 * (`break`, `return`, an error) closes the connection, and the next loop with the same name receives the current event again.
 */
export class EventLoop<Event extends { readonly cursor: string }> implements AsyncIterableIterator<Event> {
  private opened: Promise<OpenedFeed> | null = null;
  private isDone = false;
  /** The cursor of the event that the loop is handling. */
  private atHand: string | null = null;

  constructor(
    private readonly open: () => Promise<OpenedFeed>,
    private readonly keeper: CursorKeeper | null,
    private readonly finished: (loop: EventLoop<Event>) => void
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Returns the next event. Rejects with the error that ended the subscription. */
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

  /** Ends the loop, even while it waits for an event. */
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
