import { Flag, Jid, Text } from '../request-fields.js';

/** The key of a message, as every event about messages carries it. */
export class MessageKeyFields {
  @Jid('The chat of the message.')
  remoteJid!: string;

  @Text('The id of the message.', { max: 128 })
  id!: string;

  @Flag('Whether the account of the session sent it.', { optional: true })
  fromMe?: boolean;

  @Jid('Who wrote it, in a group.', { optional: true })
  participant?: string;
}
