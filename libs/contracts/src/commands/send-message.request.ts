import { Type } from 'class-transformer';
import { IsObject, registerDecorator, ValidateNested } from 'class-validator';
import { Field, Jid, Nested } from './request-fields.js';
import { MEDIA_CONTENTS, mediaContentName, type AnyMediaContent } from './content/media.content.js';
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
  @Field(
    'What to send: exactly one kind.',
    {},
    IsObject(),
    ValidateNested(),
    Type(options => contentClass((options?.object as { content?: unknown } | undefined)?.content))
  )
  content!: MessageContent | AnyMediaContent;

  @Nested('How to send it.', () => SendOptions, { optional: true })
  options?: SendOptions;
}

/** The class of a content, told by the field that no other kind has. */
function contentClass(content: unknown): new () => object {
  const media = typeof content === 'object' && content !== null ? mediaContentName(content) : null;
  return media === null ? MessageContent : MEDIA_CONTENTS[media];
}
