import { Matches } from 'class-validator';
import { Field, Flag, Jids, OneOf, Text, Whole } from '../request-fields.js';
import { EventMessage, Time, type EventMessageJson } from './content-value.fields.js';

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

  @EventMessage('The message that is answered, as an event carries it.', { optional: true })
  quoted?: EventMessageJson;

  @Whole('After how many seconds the message disappears: the setting of the chat.', { max: YEAR_SECONDS, optional: true })
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

  @Flag('`false` asks WhatsApp anew for the members of a group.', { optional: true })
  useCachedGroupMetadata?: boolean;

  @Whole("How long the upload of a file to WhatsApp's host may take, ms; without limit of its own when missing.", {
    min: 1_000,
    max: 600_000,
    optional: true
  })
  mediaUploadTimeoutMs?: number;

  @Flag('Taken and not used: Baileys has this option and does not read it.', { optional: true })
  broadcast?: boolean;
}
