import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length, registerDecorator } from 'class-validator';
import { Field, Flag, GroupJid, Nested, OneOf, Text, Whole } from '../../fields/request-fields.js';
import type { BytesJson } from '../../json/json.codec.js';
import { MessageKeyFields } from '../requests/message-key.request.js';
import { Bytes, Time } from './content-value.fields.js';
import { LocationFields } from './text.content.js';

const MAX_OPTIONS = 12;
/** More than a poll has when it is sent, because members may have added options. */
const MAX_VOTES = 64;

function NotMoreThanThereAre(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'notMoreThanThereAre',
      target: target.constructor,
      propertyName: property as string,
      options: { message: '$property must not exceed the number of values' },
      validator: {
        validate(value, args) {
          const { values } = args!.object as Partial<PollFields>;
          return !Array.isArray(values) || typeof value !== 'number' || value <= values.length;
        }
      }
    });
}

/** A question with options to choose from. */
export class PollFields {
  @Text('The question.', { max: 255 })
  name!: string;

  @Field(
    'The options, 2 to 12 different ones of up to 100 characters. A vote names an option by its hash.',
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
  @Whole('How many options a person may choose; any number if 0 or missing.', { max: MAX_OPTIONS, optional: true })
  selectableCount?: number;

  @Bytes('The secret that encrypts votes; a new one if missing.', { exactly: 32, optional: true })
  messageSecret?: BytesJson;

  @Flag('Whether the poll is sent to the announcement group of a community.', { optional: true })
  toAnnouncementGroup?: boolean;
}

/** An invitation to an event. */
export class EventFields {
  @Text('The name of the event.', { max: 255 })
  name!: string;

  @Text('The description of the event.', { max: 2_048, optional: true })
  description?: string;

  @Time('When the event starts: an ISO time, or milliseconds since 1970.')
  startDate!: string | number;

  @Time('When the event ends, in the same form.', { optional: true })
  endDate?: string | number;

  @Nested('Where the event takes place.', () => LocationFields, { optional: true })
  location?: LocationFields;

  @OneOf('Creates a call link for the event.', ['audio', 'video'], { optional: true })
  call?: 'audio' | 'video';

  @Flag('Whether the event is canceled.', { optional: true })
  isCancelled?: boolean;

  @Flag('Whether the event is a scheduled call.', { optional: true })
  isScheduleCall?: boolean;

  @Flag('Whether invited people may bring guests.', { optional: true })
  extraGuestsAllowed?: boolean;

  @Bytes('The secret that encrypts responses; a new one if missing.', { exactly: 32, optional: true })
  messageSecret?: BytesJson;
}

/** A vote in a poll that the session has sent or received. It replaces the account's previous vote. */
export class PollVoteFields {
  @Nested('Key of the poll.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @Field(
    'The chosen options, exactly as in the poll; an empty list withdraws the vote.',
    {},
    IsArray(),
    ArrayMaxSize(MAX_VOTES),
    ArrayUnique(),
    IsString({ each: true }),
    Length(1, 100, { each: true })
  )
  options!: string[];
}

/** A response to an event that the session has sent or received. It replaces the account's previous response. */
export class EventResponseFields {
  @Nested('Key of the event.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @OneOf('The response.', ['going', 'not-going', 'maybe'])
  response!: 'going' | 'not-going' | 'maybe';

  @Whole('The number of guests.', { max: 100, optional: true })
  extraGuests?: number;
}

/** A press of a button. */
export class ButtonReplyFields {
  @Text('The text on the button.')
  displayText!: string;

  @Text('Id of the button.')
  id!: string;

  @Whole('Position of the button in the message, from 0.', { max: 1_000 })
  index!: number;
}

/** The chosen row. */
export class SelectedRowFields {
  @Text('Id of the row.')
  selectedRowId!: string;
}

/** A choice from a list. */
export class ListReplyFields {
  @Text('Title of the row.', { optional: true })
  title?: string;

  @Text('Description of the row.', { optional: true })
  description?: string;

  @OneOf('Kind of list in the protocol: 1 is a list to choose one row from.', [0, 1], { optional: true })
  listType?: 0 | 1;

  @Nested('What was chosen.', () => SelectedRowFields)
  singleSelectReply!: SelectedRowFields;
}

/** An invitation to a group, for a person who cannot be added directly. */
export class GroupInvitationFields {
  @Text('The code of the invitation.', { max: 128 })
  inviteCode!: string;

  @Whole('When the invitation expires, in seconds since 1970.')
  inviteExpiration!: number;

  @Text('The text to send with the invitation.')
  text!: string;

  @GroupJid('The group.')
  jid!: string;

  @Text('Subject of the group.')
  subject!: string;
}
