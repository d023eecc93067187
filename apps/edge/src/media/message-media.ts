import { Injectable } from '@nestjs/common';
import { WabusError, type SessionId } from '@wabus/contracts';
import { EventsIn } from '../events-in/events-in.js';
import { messageIn } from './media.policy.js';

/** Finds the message of a requested file by the cursor of its event. */
@Injectable()
export class MessageMedia {
  constructor(private readonly events: EventsIn) {}

  /**
   * Returns the message in the event of a cursor; `id` selects one if the event contains several. Throws `NOT_FOUND`, and
   * `INVALID_REQUEST` for an invalid cursor.
   */
  async message(session: SessionId, cursor: string, id: string | null): Promise<object> {
    const { sequence } = await this.events.locate(cursor);
    const { events } = await this.events.read(sequence - 1, { sessions: [session] });
    const event = events.find(one => one.sequence === sequence);
    const message = event && event.facts.session === session ? messageIn(event.body, id) : null;
    if (message) return message;
    throw new WabusError('NOT_FOUND', {
      message: 'The event that this cursor points to no longer exists, belongs to another session or does not contain this message.'
    });
  }
}
