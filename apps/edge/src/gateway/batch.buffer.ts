import { batchText } from './envelope.codec.js';

/** A batch is sent with so many envelopes, when it becomes this large, or when its first one has waited this long. */
export const BATCH = { events: 50, chars: 128 * 1024, waitMs: 20 } as const;

/** Collects envelopes for one room or one client. */
export class BatchBuffer {
  private envelopes: string[] = [];
  private chars = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param send gets the JSON text of an array of envelopes */
  constructor(private readonly send: (text: string) => void) {}

  add(envelope: string): void {
    this.envelopes.push(envelope);
    this.chars += envelope.length;
    if (this.envelopes.length >= BATCH.events || this.chars >= BATCH.chars) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), BATCH.waitMs);
  }

  /** Sends what is there. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.envelopes.length === 0) return;
    const text = batchText(this.envelopes);
    this.envelopes = [];
    this.chars = 0;
    this.send(text);
  }
}
