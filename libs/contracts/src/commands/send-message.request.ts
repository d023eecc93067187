import { Matches, registerDecorator } from 'class-validator';
import { Field, Flag, Jid, Jids, Nested, NestedByField, OneOf, Text, Whole } from '../fields/request-fields.js';
import { HasOneKind } from './content/content-kind.validator.js';
import { QuotedMessage, Time, type QuotedMessageJson } from './content/content-value.fields.js';
import { MEDIA_CONTENTS, type AnyMediaContent } from './content/media.content.js';
import { MessageContent } from './content/message.content.js';

/** `ExtendedTextMessage.FontType` of WhatsApp's protocol. */
const FONTS = [0, 1, 2, 6, 7, 8, 9, 10] as const;
const YEAR_SECONDS = 366 * 86_400;

/** How a message is sent. */
export class SendOptions {
  @Field(
    'An id chosen by the caller: 8 to 64 characters of `0-9 A-Z`. The message then has this id on WhatsApp too.',
    { optional: true },
    Matches(/^[0-9A-Z]{8,64}$/, { message: '$property must be 8 to 64 characters of 0-9 A-Z' })
  )
  messageId?: string;

  @Text(
    'Comes back as `correlation` in every `message.progress` of this message; the idempotency key when missing, and the id of the message without either.',
    {
      max: 128,
      optional: true
    }
  )
  correlation?: string;

  @QuotedMessage('The message that is answered, as an event carries it; `{key: {id}}` is enough for one that events have reported.', {
    optional: true
  })
  quoted?: QuotedMessageJson;

  @Whole('After how many seconds the message disappears; the setting of the chat when missing, 0 for a message that stays.', {
    max: YEAR_SECONDS,
    optional: true
  })
  ephemeralExpiration?: number;

  @Jids('Who sees it; needed for `status@broadcast`, and only there.', { max: 4_096, optional: true })
  statusJidList?: string[];

  @Field(
    'Background of a status text, `#RRGGBB` or `#AARRGGBB`.',
    { optional: true },
    Matches(/^#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/, { message: '$property must be a colour as #RRGGBB or #AARRGGBB' })
  )
  backgroundColor?: string;

  @OneOf('Font of a status text: a number of the protocol.', FONTS, { optional: true })
  font?: (typeof FONTS)[number];

  @Time('The time of the message in its events: ISO time, or milliseconds since 1970; now when missing.', { optional: true })
  timestamp?: string | number;

  @Flag('`false` asks WhatsApp again for the members of a group.', { optional: true })
  useCachedGroupMetadata?: boolean;

  @Whole("How long the upload of a file to WhatsApp's host may take, ms; without limit of its own when missing.", {
    min: 1_000,
    max: 600_000,
    optional: true
  })
  mediaUploadTimeoutMs?: number;

  @Flag(
    'Has the edge fetch the page of the first link of the text, through its egress guard, for `content.linkPreview`; without a preview when that fails.',
    { optional: true }
  )
  linkPreview?: boolean;

  @Flag('Taken and not used: Baileys has this option and does not read it.', { optional: true })
  broadcast?: boolean;
}

const STATUS = 'status@broadcast';

/** A status goes to those who are named, and nothing else does: without them it would reach nobody. */
function NamesItsAudience(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'namesItsAudience',
      target: target.constructor,
      propertyName: property as string,
      options: { message: `options.statusJidList must name who sees it when $property is ${STATUS}, and be missing otherwise` },
      validator: {
        validate: (jid, args) => (jid === STATUS) === ((args!.object as SendMessageRequest).options?.statusJidList !== undefined)
      }
    });
}

/** Arguments of `sendMessage`, as Baileys' `sendMessage(jid, content, options)`. */
export class SendMessageRequest {
  @NamesItsAudience()
  @Jid('Whom to write to: jid, LID, group, channel or phone number; `status@broadcast` for a status.')
  jid!: string;

  @HasOneKind()
  @NestedByField('What to send: exactly one kind.', { byField: MEDIA_CONTENTS, otherwise: MessageContent })
  content!: MessageContent | AnyMediaContent;

  @Nested('How to send it.', () => SendOptions, { optional: true })
  options?: SendOptions;
}
