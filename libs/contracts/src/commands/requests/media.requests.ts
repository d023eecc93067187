import { ArrayMaxSize, ArrayMinSize, IsArray, IsNotEmptyObject, IsObject } from 'class-validator';
import { Field, Flag, Jid, Nested, NewsletterJid, Text, Whole } from '../../fields/request-fields.js';
import { Media, MediaList, type MediaSource } from '../media-source.request.js';

/** The arguments of a command about a message, which is passed as in its event. */
export class MessageRequest {
  @Field('The message as in its event: `key` and `message`.', {}, IsObject(), IsNotEmptyObject())
  message!: Record<string, unknown>;
}

export class PictureDimensions {
  @Whole('Width in pixels.', { min: 1, max: 4_096 })
  width!: number;

  @Whole('Height in pixels.', { min: 1, max: 4_096 })
  height!: number;
}

export class ProfilePictureRequest {
  @Jid("The account's own jid, or a group.")
  jid!: string;

  @Media('The picture.', 'picture')
  content!: MediaSource;

  @Nested('The size to scale it to; 640 by 640 if missing.', () => PictureDimensions, { optional: true })
  dimensions?: PictureDimensions;
}

export class NewsletterPictureRequest {
  @NewsletterJid('The channel.')
  jid!: string;

  @Media('The picture.', 'picture')
  content!: MediaSource;
}

export class CoverPhotoUpdateRequest {
  @Media('The photo.', 'picture')
  photo!: MediaSource;
}

/** The fields of a product. */
export class ProductUpdateFields {
  @Text('The name of the product.', { max: 150 })
  name!: string;

  @Text('The description of the product.', { max: 5_000 })
  description!: string;

  @Whole('The price in thousandths of the currency.', { max: 10 ** 12 })
  price!: number;

  @Text('Code of the currency, such as `EUR`.', { min: 3, max: 3 })
  currency!: string;

  @Text("Number of the product in the account's inventory.", { min: 0, max: 100, optional: true })
  retailerId?: string;

  @Text('The web page of the product.', { min: 0, max: 2_048, optional: true })
  url?: string;

  @Flag('Whether the product is hidden from customers.', { optional: true })
  isHidden?: boolean;

  @Field('One to ten images.', {}, IsArray(), ArrayMinSize(1), ArrayMaxSize(10))
  @MediaList('One to ten images.', 'picture')
  images!: MediaSource[];
}

export class ProductCreateFields extends ProductUpdateFields {
  @Text('Two-letter code of the country of origin.', { min: 2, max: 2, optional: true })
  originCountryCode?: string;
}

export class ProductCreateRequest {
  @Nested('The product.', () => ProductCreateFields)
  create!: ProductCreateFields;
}

export class ProductUpdateRequest {
  @Text('Id of the product.', { max: 128 })
  productId!: string;

  @Nested('The new fields.', () => ProductUpdateFields)
  update!: ProductUpdateFields;
}
