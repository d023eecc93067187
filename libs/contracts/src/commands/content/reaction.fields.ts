import { Nested, Text, Whole } from '../request-fields.js';
import { MessageKeyFields } from '../requests/message-key.request.js';

/** A reaction to a message. */
export class ReactionFields {
  @Text('One emoji; an empty text takes the reaction back.', { min: 0, max: 64 })
  text!: string;

  @Nested('Key of the message.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @Whole('When, milliseconds since 1970; now when missing.', { optional: true })
  senderTimestampMs?: number;
}
