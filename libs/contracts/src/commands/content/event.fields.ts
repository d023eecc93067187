import type { BytesJson } from '../../json/json.codec.js';
import { Flag, Nested, OneOf, Text } from '../request-fields.js';
import { Bytes, Time } from './content-value.fields.js';
import { LocationFields } from './location.fields.js';

/** An invitation to meet. */
export class EventFields {
  @Text('What it is about.', { max: 255 })
  name!: string;

  @Text('More about it.', { max: 2_048, optional: true })
  description?: string;

  @Time('When it begins: ISO time, or milliseconds since 1970.')
  startDate!: string | number;

  @Time('When it ends, in the same form.', { optional: true })
  endDate?: string | number;

  @Nested('Where it is.', () => LocationFields, { optional: true })
  location?: LocationFields;

  @OneOf('Makes a link to a call for it.', ['audio', 'video'], { optional: true })
  call?: 'audio' | 'video';

  @Flag('Whether it is called off.', { optional: true })
  isCancelled?: boolean;

  @Flag('Whether it is a call that was planned.', { optional: true })
  isScheduleCall?: boolean;

  @Flag('Whether those invited may bring somebody.', { optional: true })
  extraGuestsAllowed?: boolean;

  @Bytes('The secret that answers are encrypted with; a new one when missing.', { exactly: 32, optional: true })
  messageSecret?: BytesJson;
}
