import { Matches } from 'class-validator';
import { Decimal, Field, Flag, Nested, NestedList, Text, Whole } from '../../fields/request-fields.js';
import type { BytesJson } from '../../json/json.codec.js';
import { Media, type MediaSource } from '../media-source.request.js';
import { ChatMessageKeyFields } from '../requests/message-key.request.js';
import { Bytes, WebAddress } from './content-value.fields.js';

/** The box that the recipient sees below a text with a link. */
export class LinkPreviewFields {
  @Text('The link exactly as in the text.', { max: 2_083 })
  'matched-text'!: string;

  @Text('The headline.', { max: 512 })
  title!: string;

  @WebAddress('Where the link leads.', { optional: true })
  'canonical-url'?: string;

  @Text('The text under the headline.', { max: 2_048, optional: true })
  description?: string;

  @Bytes('A small JPEG picture.', { optional: true })
  jpegThumbnail?: BytesJson;

  @Media('The picture, of any size, instead of `jpegThumbnail`: Wabus makes a thumbnail from it and sends both.', 'picture', {
    optional: true
  })
  picture?: MediaSource;
}

/** A location, or the current location of a person. */
export class LocationFields {
  @Decimal('Degrees north.', { min: -90, max: 90 })
  degreesLatitude!: number;

  @Decimal('Degrees east.', { min: -180, max: 180 })
  degreesLongitude!: number;

  @Text('Name of the location.', { optional: true })
  name?: string;

  @Text('Address of the location.', { optional: true })
  address?: string;

  @WebAddress('A web page about the location.', { optional: true })
  url?: string;

  @Flag("Whether this is the sender's current location.", { optional: true })
  isLive?: boolean;

  @Whole('Accuracy in meters.', { max: 2 ** 32 - 1, optional: true })
  accuracyInMeters?: number;

  @Decimal('Speed of the sender in meters per second.', { min: 0, max: 100_000, optional: true })
  speedInMps?: number;

  @Whole('Direction of the sender in degrees clockwise from magnetic north.', { max: 360, optional: true })
  degreesClockwiseFromMagneticNorth?: number;

  @Text('A comment from the sender.', { optional: true })
  comment?: string;

  @Bytes('A small map, as JPEG.', { optional: true })
  jpegThumbnail?: BytesJson;
}

/** One contact. */
export class ContactCardFields {
  @Text('The name that the recipient sees.', { optional: true })
  displayName?: string;

  @Field(
    'The vCard 3.0. WhatsApp finds the account by `TEL;waid=<digits>`.',
    {},
    Matches(/^BEGIN:VCARD[\s\S]{0,65000}END:VCARD\s*$/, { message: '$property must be a vCard: BEGIN:VCARD … END:VCARD' })
  )
  vcard!: string;
}

/** Contacts to share. */
export class ContactsFields {
  @Text('The title shown for several contacts.', { optional: true })
  displayName?: string;

  @NestedList('The contacts; one is shown as a card, several as a list.', () => ContactCardFields, { max: 256 })
  contacts!: ContactCardFields[];
}

/** A comment on a message in the announcement group of a community, the only kind of response to such a message. */
export class CommentFields {
  @Text('The text.', { max: 65_536 })
  text!: string;

  @Nested('Key of the message.', () => ChatMessageKeyFields)
  key!: ChatMessageKeyFields;
}

/** A reaction to a message. */
export class ReactionFields {
  @Text('One emoji; an empty string removes the reaction.', { min: 0, max: 64 })
  text!: string;

  @Nested('Key of the message.', () => ChatMessageKeyFields)
  key!: ChatMessageKeyFields;

  @Whole('When the reaction was given, in milliseconds since 1970; now if missing.', { optional: true })
  senderTimestampMs?: number;
}
