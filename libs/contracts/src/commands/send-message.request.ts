import { registerDecorator } from 'class-validator';
import { Jid, Nested, NestedByField } from './request-fields.js';
import { MEDIA_CONTENTS, type AnyMediaContent } from './content/media.content.js';
import { HasOneKind } from './content/content-kind.validator.js';
import { MessageContent } from './content/message.content.js';
import { SendOptions } from './content/send.options.js';

const STATUS = 'status@broadcast';

/** A status goes to those who are named, and nothing else does: without them it would reach nobody. */
function NamesItsAudience(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'namesItsAudience',
      target: target.constructor,
      propertyName: property as string,
      options: { message: `options.statusJidList must name who sees it when $property is ${STATUS}, and be missing otherwise` },
      validator: {
        validate: (jid, args) => (jid === STATUS) === ((args!.object as SendMessageRequest).options?.statusJidList !== undefined)
      }
    });
}

/** Arguments of `sendMessage`, as Baileys' `sendMessage(jid, content, options)`. */
export class SendMessageRequest {
  @NamesItsAudience()
  @Jid('Whom to write to: jid, LID, group, channel or phone number; `status@broadcast` for a status.')
  jid!: string;

  @HasOneKind()
  @NestedByField('What to send: exactly one kind.', { byField: MEDIA_CONTENTS, otherwise: MessageContent })
  content!: MessageContent | AnyMediaContent;

  @Nested('How to send it.', () => SendOptions, { optional: true })
  options?: SendOptions;
}
