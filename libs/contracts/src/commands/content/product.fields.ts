import { Media, type MediaSource } from '../media-source.request.js';
import { Text, Whole } from '../request-fields.js';
import { WebAddress } from './content-value.fields.js';

/** A product as a message shows it, in the names of WhatsApp's `ProductSnapshot`. */
export class ProductFields {
  @Media('Its picture.', 'picture')
  productImage!: MediaSource;

  @Text('Its id in the catalog.', { max: 128, optional: true })
  productId?: string;

  @Text('Its name.', { max: 150, optional: true })
  title?: string;

  @Text('What it is.', { min: 0, max: 5_000, optional: true })
  description?: string;

  @Text('Code of the currency, such as `EUR`.', { min: 3, max: 3, optional: true })
  currencyCode?: string;

  @Whole('The price in thousandths of the currency.', { max: 10 ** 12, optional: true })
  priceAmount1000?: number;

  @Whole('The reduced price in thousandths of the currency.', { max: 10 ** 12, optional: true })
  salePriceAmount1000?: number;

  @Text('Its number in the inventory of the business.', { min: 0, max: 100, optional: true })
  retailerId?: string;

  @WebAddress('Its web page.', { optional: true })
  url?: string;

  @WebAddress('The same, signed by WhatsApp.', { optional: true })
  signedUrl?: string;

  @Whole('How many pictures the catalog has of it.', { max: 100, optional: true })
  productImageCount?: number;

  @Text('Id of its first picture in the catalog.', { max: 128, optional: true })
  firstImageId?: string;
}
