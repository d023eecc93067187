/** A delivery that was answered but is not finished yet. */
export interface ReceivedDelivery {
  /** The id of the delivery, which is the same for every attempt to deliver the same event. */
  readonly id: string;
  /** The body as it was signed. */
  readonly body: string;
}

/** A store for deliveries of webhooks, from the answer until they are finished. It remembers the ids of finished deliveries. */
export interface DeliveryStore {
  /** Returns the stored deliveries that are not finished, oldest first. Called once, before anything else. */
  unfinished(): Promise<readonly ReceivedDelivery[]> | readonly ReceivedDelivery[];
  /**
   * Stores a delivery. Resolves to `true` when it is stored, and to `false` if its id is known: stored, finished or given up. Never called concurrently for one
   * id.
   */
  add(delivery: ReceivedDelivery): Promise<boolean> | boolean;
  /** Marks a delivery as finished: only its id is kept. */
  finish(id: string): Promise<void> | void;
  /** Marks a delivery as given up, because the handler failed in all attempts. A later `add` with the same id resolves to `false`. */
  giveUp(delivery: ReceivedDelivery): Promise<void> | void;
}

/** The number of ids of finished deliveries that a store remembers by default. */
export const REMEMBERED_DELIVERIES = 10_000;

/** A store that keeps deliveries in memory: unfinished deliveries are lost with the process. */
export class MemoryDeliveryStore implements DeliveryStore {
  private readonly ids = new Set<string>();

  /** @param remembered the number of ids to keep, in order to recognize repetitions */
  constructor(private readonly remembered: number = REMEMBERED_DELIVERIES) {}

  /** {@inheritDoc DeliveryStore.unfinished} */
  unfinished(): readonly ReceivedDelivery[] {
    return [];
  }

  /** {@inheritDoc DeliveryStore.add} */
  add({ id }: ReceivedDelivery): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    // A set iterates over its members in insertion order.
    if (this.ids.size > this.remembered) for (const oldest of this.ids) return this.ids.delete(oldest);
    return true;
  }

  /** {@inheritDoc DeliveryStore.finish} */
  finish(): void {}

  /** {@inheritDoc DeliveryStore.giveUp} */
  giveUp(): void {}
}
