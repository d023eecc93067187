import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length, registerDecorator } from 'class-validator';
import type { BytesJson } from '../../json/json.codec.js';
import { Field, Flag, Text, Whole } from '../request-fields.js';
import { Bytes } from './content-value.fields.js';

const MAX_OPTIONS = 12;

function NotMoreThanThereAre(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'notMoreThanThereAre',
      target: target.constructor,
      propertyName: property as string,
      options: { message: '$property must not be more than there are values' },
      validator: {
        validate(value, args) {
          const { values } = args!.object as Partial<PollFields>;
          return !Array.isArray(values) || typeof value !== 'number' || value <= values.length;
        }
      }
    });
}

/** A question with answers to choose from. */
export class PollFields {
  @Text('The question.', { max: 255 })
  name!: string;

  @Field(
    'The answers, 2 to 12 different ones of up to 100 characters. A vote names an answer by its hash.',
    {},
    IsArray(),
    ArrayMinSize(2),
    ArrayMaxSize(MAX_OPTIONS),
    ArrayUnique(),
    IsString({ each: true }),
    Length(1, 100, { each: true })
  )
  values!: string[];

  @NotMoreThanThereAre()
  @Whole('How many answers may be chosen; 0 or missing: any number.', { max: MAX_OPTIONS, optional: true })
  selectableCount?: number;

  @Bytes('The secret that votes are encrypted with; a new one when missing.', { exactly: 32, optional: true })
  messageSecret?: BytesJson;

  @Flag('Whether it goes to the announcement group of a community.', { optional: true })
  toAnnouncementGroup?: boolean;
}
