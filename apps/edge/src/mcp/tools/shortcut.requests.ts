import { Flag, Jid, Text, UserJid } from '@wabus/contracts';

/** The arguments of `send_text`. */
export class SendTextRequest {
  @Jid('Who gets it.')
  jid!: string;

  @Text('The text.', { max: 65_536 })
  text!: string;
}

/** The arguments of `react`. */
export class ReactRequest {
  @Jid('The chat of the message.')
  jid!: string;

  @Text('The id of the message: `key.id`.', { max: 128 })
  messageId!: string;

  @Text('One emoji; an empty text takes the reaction back.', { min: 0, max: 64 })
  emoji!: string;

  @Flag('Whether the account of the session sent the message: `key.fromMe`.', { optional: true })
  fromMe?: boolean;

  @UserJid('Who wrote the message, in a group: `key.participant`.', { optional: true })
  participant?: string;
}
