import { Transform } from 'class-transformer';
import { Flag, Jid, OneOf, Text } from '../../fields/request-fields.js';

/** Events contain an empty text for a missing part of a key. */
const EmptyIsMissing = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));

/** The fields that identify a message within its chat. */
abstract class NamedMessage {
  @Text('The id of the message.', { max: 128 })
  id!: string;

  @Flag('Whether the account of the session sent the message.', { optional: true })
  fromMe?: boolean;

  @EmptyIsMissing()
  @Jid('The author of the message, in a group.', { optional: true })
  participant?: string;

  @EmptyIsMissing()
  @Jid('The other jid of the chat: its LID or number.', { optional: true })
  remoteJidAlt?: string;

  @EmptyIsMissing()
  @Text('User name of the chat.', { optional: true })
  remoteJidUsername?: string;

  @EmptyIsMissing()
  @Jid('The other jid of the author: the LID or number.', { optional: true })
  participantAlt?: string;

  @EmptyIsMissing()
  @Text('User name of the author.', { optional: true })
  participantUsername?: string;

  @OneOf('How the chat addresses people: `pn` (number) or `lid`.', ['pn', 'lid'], { optional: true })
  addressingMode?: 'pn' | 'lid';

  @EmptyIsMissing()
  @Text("The message's number in a channel.", { max: 128, optional: true })
  server_id?: string;

  @Flag('Whether it is a view-once message.', { optional: true })
  isViewOnce?: boolean;
}

/** The key of a message, as in every event about messages. */
export class MessageKeyFields extends NamedMessage {
  @Jid('The chat of the message.')
  remoteJid!: string;
}

/** The key of a message in the chat of the command. For a message that events have reported, the id is enough. */
export class ChatMessageKeyFields extends NamedMessage {
  @EmptyIsMissing()
  @Jid('The chat of the message; that of the command if missing.', { optional: true })
  remoteJid?: string;
}
