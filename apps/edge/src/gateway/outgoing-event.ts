import { chatsOfBody } from '@wabus/contracts';
import type { LiveEvent } from '../events-in/live-events.js';
import { envelopeText } from './envelope.codec.js';
import { JsonText } from './json-text.encoder.js';
import type { Subject } from './subscription.state.js';

/** An event on its way to clients: each of its forms is written once, when the first client needs it. */
export class OutgoingEvent {
  private envelopeOnce: string | undefined;
  private chatsOnce: readonly string[] | undefined;

  constructor(readonly event: LiveEvent) {}

  get name(): string {
    return this.event.facts.event;
  }

  get payload(): JsonText {
    return new JsonText(this.event.body);
  }

  get envelope(): string {
    return (this.envelopeOnce ??= envelopeText(this.event));
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
