/** A delivery between its answer and the end of its work. */
export interface ReceivedDelivery {
  /** The same for every attempt to deliver the same event. */
  readonly id: string;
  /** The body as it was signed. */
  readonly body: string;
}

/** Stores deliveries of webhooks from the answer to the end of their work, and remembers the ids of finished ones. */
export interface DeliveryStore {
  /** What is stored and not finished, oldest first. Called once, before anything else. */
  unfinished(): Promise<readonly ReceivedDelivery[]> | readonly ReceivedDelivery[];
  /** Resolves when the delivery is stored; to `false` if its id is known: stored, finished or given up. Never called concurrently for one id. */
  add(delivery: ReceivedDelivery): Promise<boolean> | boolean;
  /** Marks the delivery as finished: only its id is kept. */
  finish(id: string): Promise<void> | void;
  /** The handler failed for good. A later `add` of the id resolves to `false`. */
  giveUp(delivery: ReceivedDelivery): Promise<void> | void;
}

/** How many ids of finished deliveries a store remembers unless set. */
export const REMEMBERED_DELIVERIES = 10_000;

/** Keeps deliveries in memory: those that wait are lost with the process. */
export class MemoryDeliveryStore implements DeliveryStore {
  private readonly ids = new Set<string>();

  /** `remembered` is how many ids are kept to recognize repetitions. */
  constructor(private readonly remembered: number = REMEMBERED_DELIVERIES) {}

  /** {@inheritDoc DeliveryStore.unfinished} */
  unfinished(): readonly ReceivedDelivery[] {
    return [];
  }

  /** {@inheritDoc DeliveryStore.add} */
  add({ id }: ReceivedDelivery): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    // A set iterates its members in insertion order.
    if (this.ids.size > this.remembered) for (const oldest of this.ids) return this.ids.delete(oldest);
    return true;
  }

  /** {@inheritDoc DeliveryStore.finish} */
  finish(): void {}

  /** {@inheritDoc DeliveryStore.giveUp} */
  giveUp(): void {}
}
