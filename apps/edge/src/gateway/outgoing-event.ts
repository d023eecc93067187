import { chatsOfBody, envelopeParts } from '@wabus/contracts';
import { bodyIn, type HearingForm } from '../auth/hearing.policy.js';
import type { LiveEvent } from '../events-in/live-events.js';
import { envelopeText } from './envelope.codec.js';
import { JsonText } from './json-text.encoder.js';
import type { Subject } from './subscription.state.js';

/** An event on its way to clients: each of its forms is written once, when the first client needs it. */
export class OutgoingEvent {
  private readonly envelopes: Partial<Record<HearingForm, string>> = {};
  private chatsOnce: readonly string[] | undefined;

  constructor(readonly event: LiveEvent) {}

  get name(): string {
    return this.event.facts.event;
  }

  /** JSON text of the payload. */
  body(hearing: HearingForm): string {
    return bodyIn(hearing, this.event.facts.event, this.event.body);
  }

  payload(hearing: HearingForm): JsonText {
    return new JsonText(this.body(hearing));
  }

  /** JSON text. */
  envelope(hearing: HearingForm): string {
    return (this.envelopes[hearing] ??= envelopeText({ ...this.event, body: this.body(hearing) }));
  }

  /** The same as parts, which are not put together. */
  envelopeParts(hearing: HearingForm): string[] {
    return envelopeParts({ ...this.event, body: this.body(hearing) });
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
