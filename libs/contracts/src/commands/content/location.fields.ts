import type { BytesJson } from '../../json/json.codec.js';
import { Decimal, Flag, Text, Whole } from '../request-fields.js';
import { Bytes, WebAddress } from './content-value.fields.js';

/** A place, or where somebody is at the moment. */
export class LocationFields {
  @Decimal('Degrees north.', { min: -90, max: 90 })
  degreesLatitude!: number;

  @Decimal('Degrees east.', { min: -180, max: 180 })
  degreesLongitude!: number;

  @Text('Name of the place.', { optional: true })
  name?: string;

  @Text('Its address.', { optional: true })
  address?: string;

  @WebAddress('A page about it.', { optional: true })
  url?: string;

  @Flag('Whether it is where the sender is now.', { optional: true })
  isLive?: boolean;

  @Whole('How exact it is, metres.', { max: 2 ** 32 - 1, optional: true })
  accuracyInMeters?: number;

  @Decimal('How fast the sender moves, metres per second.', { min: 0, max: 100_000, optional: true })
  speedInMps?: number;

  @Whole('Where the sender is heading, degrees clockwise from magnetic north.', { max: 360, optional: true })
  degreesClockwiseFromMagneticNorth?: number;

  @Text('Words of the sender.', { optional: true })
  comment?: string;

  @Bytes('A small JPEG map.', { optional: true })
  jpegThumbnail?: BytesJson;
}
