import { Matches, registerDecorator } from 'class-validator';
import { Field, Flag, Jid, Jids, Nested, NestedByField, OneOf, Text, Whole } from '../fields/request-fields.js';
import { HasOneKind } from './content/content-kind.validator.js';
import { QuotedMessage, Time, type QuotedMessageJson } from './content/content-value.fields.js';
import { MEDIA_CONTENTS, type AnyMediaContent } from './content/media.content.js';
import { MessageContent } from './content/message.content.js';

/** The values of `ExtendedTextMessage.FontType` in WhatsApp's protocol. */
const FONTS = [0, 1, 2, 6, 7, 8, 9, 10] as const;
const YEAR_SECONDS = 366 * 86_400;

/** The options of `sendMessage`. */
export class SendOptions {
  @Field(
    'An id chosen by the caller: 8 to 64 characters from `0-9 A-Z`. The message also has this id on WhatsApp.',
    { optional: true },
    Matches(/^[0-9A-Z]{8,64}$/, { message: '$property must be 8 to 64 characters from 0-9 A-Z' })
  )
  messageId?: string;

  @Text(
    'Returned as `correlation` in every `message.progress` of this message. Defaults to the idempotency key, or to the id of the message.',
    {
      max: 128,
      optional: true
    }
  )
  correlation?: string;

  @QuotedMessage('The message to quote, as in its event. `{key: {id}}` is enough for a message that events have reported.', {
    optional: true
  })
  quoted?: QuotedMessageJson;

  @Whole('The number of seconds after which the message disappears; 0 for never, the setting of the chat if missing.', {
    max: YEAR_SECONDS,
    optional: true
  })
  ephemeralExpiration?: number;

  @Jids('The recipients of a status post; required for `status@broadcast`, and permitted only there.', { max: 4_096, optional: true })
  statusJidList?: string[];

  @Field(
    'Background color of a status text, `#RRGGBB` or `#AARRGGBB`.',
    { optional: true },
    Matches(/^#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/, { message: '$property must be a color in the form #RRGGBB or #AARRGGBB' })
  )
  backgroundColor?: string;

  @OneOf('Font of a status text: a number from the protocol.', FONTS, { optional: true })
  font?: (typeof FONTS)[number];

  @Time('The time of the message in its events: an ISO time, or milliseconds since 1970; now if missing.', { optional: true })
  timestamp?: string | number;

  @Flag('`false` requests the members of the group from WhatsApp again.', { optional: true })
  useCachedGroupMetadata?: boolean;

  @Whole("How long the upload of a file to WhatsApp's host may take, in ms; no separate limit if missing.", {
    min: 1_000,
    max: 600_000,
    optional: true
  })
  mediaUploadTimeoutMs?: number;

  @Flag(
    'Makes the edge fetch the page of the first link in the text, through its egress guard, for `content.linkPreview`. If that fails, the message is sent without a preview.',
    { optional: true }
  )
  linkPreview?: boolean;

  @Flag('Accepted and ignored: Baileys has this option but does not use it.', { optional: true })
  broadcast?: boolean;
}

const STATUS = 'status@broadcast';

/** Validates that a status names its recipients: without them, nobody would receive it. */
function NamesItsAudience(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'namesItsAudience',
      target: target.constructor,
      propertyName: property as string,
      options: { message: `options.statusJidList must list the recipients if $property is ${STATUS}, and must be left out otherwise` },
      validator: {
        validate: (jid, args) => (jid === STATUS) === ((args!.object as SendMessageRequest).options?.statusJidList !== undefined)
      }
    });
}

/** The arguments of `sendMessage`, as in Baileys' `sendMessage(jid, content, options)`. */
export class SendMessageRequest {
  @NamesItsAudience()
  @Jid('The recipient: a jid, LID, group, channel or phone number; `status@broadcast` for a status.')
  jid!: string;

  @HasOneKind()
  @NestedByField('What to send: exactly one kind of content.', { byField: MEDIA_CONTENTS, otherwise: MessageContent })
  content!: MessageContent | AnyMediaContent;

  @Nested('Options for sending.', () => SendOptions, { optional: true })
  options?: SendOptions;
}
