import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsString, Matches, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { MEDIA_CONTENTS, mediaContentName, type AnyMediaContent } from './content/media.content.js';
import { IsJid } from './jid.validator.js';
import { IsNested } from './nested.validator.js';

/** A text message. */
export class TextContent {
  /** 1 to 65,536 characters. */
  @IsString()
  @MinLength(1)
  @MaxLength(65_536)
  text!: string;

  /** Jids mentioned in the text as `@<user>`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1024)
  @IsString({ each: true })
  mentions?: string[];
}

export class SendOptions {
  /** An id chosen by the caller: 8 to 64 characters of `0-9 A-Z`. The message then has this id on WhatsApp too. */
  @IsOptional()
  @Matches(/^[0-9A-Z]{8,64}$/)
  messageId?: string;
}

/** Arguments of `sendMessage`, as Baileys' `sendMessage(jid, content, options)`. */
export class SendMessageRequest {
  /** Whom to write to: jid, LID, group or phone number. */
  @IsJid()
  jid!: string;

  @IsObject()
  @ValidateNested()
  @Type(options => contentClass((options?.object as { content?: unknown } | undefined)?.content))
  content!: TextContent | AnyMediaContent;

  @IsOptional()
  @IsNested(() => SendOptions)
  options?: SendOptions;
}

/** The class of a content, told by the field that no other kind has. */
function contentClass(content: unknown): new () => object {
  if (typeof content !== 'object' || content === null) return TextContent;
  const media = mediaContentName(content);
  return media === null ? TextContent : MEDIA_CONTENTS[media];
}
