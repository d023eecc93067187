import type { LoggedEvent } from '@wabus/broker';
import { chatsOfBody, encodeEnvelope, envelopeParts } from '@wabus/contracts';
import { bodyIn, type Visibility } from '../auth/visibility.policy.js';
import { JsonText } from './json-text.encoder.js';
import type { Subject } from './subscription.state.js';

/** An event on its way to clients. Each of its forms is encoded once, when the first client needs it. */
export class OutgoingEvent {
  private readonly envelopes: Partial<Record<Visibility, string>> = {};
  private chatsOnce: readonly string[] | undefined;

  constructor(readonly event: LoggedEvent) {}

  get name(): string {
    return this.event.facts.event;
  }

  /** Returns the payload as JSON text. */
  body(visibility: Visibility): string {
    return bodyIn(visibility, this.event.facts.event, this.event.body);
  }

  payload(visibility: Visibility): JsonText {
    return new JsonText(this.body(visibility));
  }

  /** Returns the envelope as JSON text. */
  envelope(visibility: Visibility): string {
    return (this.envelopes[visibility] ??= encodeEnvelope({ ...this.event, body: this.body(visibility) }));
  }

  /** Returns the parts of the envelope's JSON text, not joined. */
  envelopeParts(visibility: Visibility): string[] {
    return envelopeParts({ ...this.event, body: this.body(visibility) });
  }

  get subject(): Subject {
    const { session, event } = this.event.facts;
    return { session, event, chats: () => this.chats };
  }

  private get chats(): readonly string[] {
    const { facts, body } = this.event;
    return (this.chatsOnce ??= facts.chats ?? chatsOfBody(facts.event, body));
  }
}

/** A batch is sent when it has this many envelopes, when it reaches this size, or when its first envelope has waited this long. */
export const BATCH = { events: 50, chars: 128 * 1024, waitMs: 20 } as const;

/** Collects envelopes for one room or one client, and sends them in batches. */
export class BatchBuffer {
  private envelopes: string[] = [];
  private chars = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param send receives the JSON text of an array of envelopes */
  constructor(private readonly send: (text: string) => void) {}

  add(envelope: string): void {
    this.envelopes.push(envelope);
    this.chars += envelope.length;
    if (this.envelopes.length >= BATCH.events || this.chars >= BATCH.chars) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), BATCH.waitMs);
  }

  /** Sends the collected envelopes. */
  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.envelopes.length === 0) return;
    const text = `[${this.envelopes.join(',')}]`;
    this.envelopes = [];
    this.chars = 0;
    this.send(text);
  }
}
