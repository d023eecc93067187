import { Jid, Nested, NestedList, OneOf, Text, Texts, Whole } from '../../fields/request-fields.js';

export class CatalogRequest {
  @Jid('The business whose catalog to return; the account itself if missing.', { optional: true })
  jid?: string;

  @Whole('How many products to return.', { min: 1, max: 500, optional: true })
  limit?: number;

  @Text('`nextPageCursor` of the previous page.', { max: 4_096, optional: true })
  cursor?: string;
}

export class CollectionsRequest {
  @Jid('The business whose collections to return; the account itself if missing.', { optional: true })
  jid?: string;

  @Whole('How many collections to return.', { min: 1, max: 500, optional: true })
  limit?: number;
}

export class OrderRequest {
  @Text('Id of the order.', { max: 128 })
  orderId!: string;

  @Text('Token of the order, in base64.', { max: 4_096 })
  tokenBase64!: string;
}

export class DeleteProductsRequest {
  @Texts('Ids of the products.', { max: 100 })
  productIds!: string[];
}

export class CoverPhotoRequest {
  @Text('Id of the cover photo.', { max: 128 })
  id!: string;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const MODES = ['specific_hours', 'open_24h', 'appointment_only'] as const;

export class BusinessDay {
  @OneOf('The day.', DAYS)
  day!: (typeof DAYS)[number];

  @OneOf('Kind of opening hours.', MODES)
  mode!: (typeof MODES)[number];

  @Text('Minutes since midnight, for `specific_hours`.', { max: 4, optional: true })
  openTimeInMinutes?: string;

  @Text('Minutes since midnight, for `specific_hours`.', { max: 4, optional: true })
  closeTimeInMinutes?: string;
}

export class BusinessHours {
  @Text('Time zone, such as `Europe/Berlin`.', { max: 64 })
  timezone!: string;

  @NestedList('The opening hours of each day.', () => BusinessDay, { max: 14 })
  days!: BusinessDay[];
}

/** The fields to change; missing fields stay unchanged. */
export class BusinessProfileFields {
  @Text('The address.', { min: 0, max: 1_024, optional: true })
  address?: string;

  @Texts('Up to two websites.', { min: 0, max: 2, optional: true })
  websites?: string[];

  @Text('The e-mail address.', { min: 0, max: 254, optional: true })
  email?: string;

  @Text('The description.', { min: 0, max: 512, optional: true })
  description?: string;

  @Nested('Opening hours.', () => BusinessHours, { optional: true })
  hours?: BusinessHours;
}

export class BusinessProfileRequest {
  @Nested('The fields to change.', () => BusinessProfileFields)
  args!: BusinessProfileFields;
}
