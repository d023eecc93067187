import { Matches } from 'class-validator';
import { Field, NewsletterJid, OneOf, Nested, Text, UserJid, Whole } from '../../fields/request-fields.js';

/** The arguments of a command about one channel. */
export class NewsletterRequest {
  @NewsletterJid('The channel.')
  jid!: string;
}

export class CreateNewsletterRequest {
  @Text('The name of the channel.', { max: 128 })
  name!: string;

  @Text('The description of the channel.', { min: 0, max: 2_048, optional: true })
  description?: string;
}

export class NewsletterMetadataRequest {
  @OneOf('The kind of `key`.', ['invite', 'jid'])
  type!: 'invite' | 'jid';

  @Text('The code at the end of an invite link, or the jid of the channel.', { max: 128 })
  key!: string;

  @Field('Accepted for older callers, and ignored.', { optional: true })
  count?: unknown;
}

export class NewsletterNameRequest extends NewsletterRequest {
  @Text('The new name.', { max: 128 })
  name!: string;
}

export class NewsletterDescriptionRequest extends NewsletterRequest {
  @Text('The new description.', { min: 0, max: 2_048 })
  description!: string;
}

export class NewsletterFields {
  @Text('The new name.', { max: 128, optional: true })
  name?: string;

  @Text('The new description.', { min: 0, max: 2_048, optional: true })
  description?: string;

  @Text('An empty string removes the picture; for a new one use `newsletterUpdatePicture`.', { min: 0, max: 0, optional: true })
  picture?: string;
}

export class NewsletterUpdateRequest extends NewsletterRequest {
  @Nested('The fields to change.', () => NewsletterFields)
  updates!: NewsletterFields;
}

export class NewsletterReactionRequest extends NewsletterRequest {
  @Text('The number of the message in the channel: `server_id` in its key.', { max: 20 })
  @Matches(/^\d+$/, { message: '$property must be the number of the message in the channel, not its id' })
  serverId!: string;

  @Text('An emoji; if missing, Wabus removes the reaction.', { max: 32, optional: true })
  reaction?: string;
}

export class NewsletterMessagesRequest extends NewsletterRequest {
  @Whole('How many messages to return.', { min: 1, max: 100 })
  count!: number;

  @Whole('Only messages since this time, in seconds since 1970; 0 for all.')
  since!: number;

  @Whole('Only messages after this number in the channel; 0 for all.')
  after!: number;
}

export class NewsletterOwnerRequest extends NewsletterRequest {
  @UserJid('The new owner.')
  newOwnerJid!: string;
}

export class NewsletterDemoteRequest extends NewsletterRequest {
  @UserJid('The admin to demote.')
  userJid!: string;
}
