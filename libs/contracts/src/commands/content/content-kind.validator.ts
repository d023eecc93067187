import { registerDecorator, type ValidationArguments } from 'class-validator';
import { MEDIA_CONTENTS, mediaContentName } from './media.content.js';
import { CONTENT_FIELDS, CONTENT_KINDS, kindsBeside, kindsOf } from './content-fields.table.js';

type Checked = Parameters<typeof registerDecorator>[0]['validator'];

function rule(name: string, validator: Checked): PropertyDecorator {
  return (target, property) => registerDecorator({ name, target: target.constructor, propertyName: property as string, validator });
}

/** Validates that the object in this field has exactly one kind of message. */
export function HasOneKind(): PropertyDecorator {
  return rule('hasOneKind', {
    validate: (value: unknown) =>
      typeof value === 'object' && value !== null && (mediaContentName(value) !== null || kindsOf(value).length === 1),
    defaultMessage({ property, value }: ValidationArguments) {
      const kinds = typeof value === 'object' && value !== null ? kindsOf(value as object) : [];
      if (kinds.length > 1) return `${property} has ${kinds.join(' and ')}: send a separate message for each`;
      return `${property} must contain exactly one of ${[...CONTENT_KINDS, ...Object.keys(MEDIA_CONTENTS)].join(', ')}`;
    }
  });
}

/** Validates that this field is combined only with kinds that `CONTENT_FIELDS` permits. */
export function GoesWithItsKind(): PropertyDecorator {
  return rule('goesWithItsKind', {
    validate(_value, args) {
      const { object, property } = args!;
      const kinds = kindsOf(object);
      // `HasOneKind` reports a missing or second kind.
      return kinds.length !== 1 || (CONTENT_FIELDS[kinds[0]!] as readonly string[]).includes(property);
    },
    defaultMessage({ object, property }: ValidationArguments) {
      return `${property} works only with ${kindsBeside(property).join(', ')}: leave it out of a message with ${kindsOf(object).join()}`;
    }
  });
}

/** The values of `PinInChat.Type` in WhatsApp's protocol. */
export const PIN_TYPES = [1, 2] as const;
export const BUTTON_REPLY_TYPES = ['template', 'plain'] as const;

/** Validates the `type` of a pin or of a button reply, which both require one. */
export function IsTypeOfItsKind(): PropertyDecorator {
  const allowed = (content: object): readonly unknown[] => {
    const [kind] = kindsOf(content);
    if (kind === 'pin') return PIN_TYPES;
    return kind === 'buttonReply' ? BUTTON_REPLY_TYPES : [...PIN_TYPES, ...BUTTON_REPLY_TYPES];
  };
  return rule('isTypeOfItsKind', {
    validate: (value, args) => allowed(args!.object).includes(value),
    defaultMessage: ({ object, property }: ValidationArguments) =>
      kindsOf(object).includes('buttonReply')
        ? `${property} must be "template" or "plain", like the buttons of the answered message`
        : `${property} must be 1 to pin or 2 to unpin`
  });
}
