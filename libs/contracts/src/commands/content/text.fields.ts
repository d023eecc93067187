import type { BytesJson } from '../../json/json.codec.js';
import { Text } from '../request-fields.js';
import { Bytes, WebAddress } from './content-value.fields.js';

/** The box that the receiver sees under a text with a link. */
export class LinkPreviewFields {
  @Text('The link as it stands in the text.', { max: 2_083 })
  'matched-text'!: string;

  @Text('The headline.', { max: 512 })
  title!: string;

  @WebAddress('Where the link leads.', { optional: true })
  'canonical-url'?: string;

  @Text('The lines under the headline.', { max: 2_048, optional: true })
  description?: string;

  @Bytes('A small JPEG picture.', { optional: true })
  jpegThumbnail?: BytesJson;
}
