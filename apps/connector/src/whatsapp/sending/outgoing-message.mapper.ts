import { WabusError, type EventMessageJson, type MessageContent, type SendOptions } from '@wabus/contracts';
import type { AnyMessageContent, MiscMessageGenerationOptions, WAMessage } from '@whiskeysockets/baileys';
import { getContentType, normalizeMessageContent, proto } from '../baileys.js';
import { revived } from './socket-call.policy.js';

/** The options that are passed to Baileys' `generateWAMessage` with the content. */
export type GenerationOptions = MiscMessageGenerationOptions & { messageId: string; getProfilePicUrl: undefined; getUrlInfo: undefined };

/**
 * Converts validated content to Baileys' form: a plain copy, since Baileys changes some of its arguments, with bytes, times and messages of events revived.
 * Throws `INVALID_ARGUMENTS` with the field if a protocol object has fields of wrong types or is empty.
 */
export function outgoingContent(content: MessageContent): AnyMessageContent {
  const copy = present(revived(content)) as Record<string, unknown>;
  const { event, forward, contextInfo } = content;
  // `null` if missing, because otherwise the text decides which URL this process fetches.
  if (content.text !== undefined) copy['linkPreview'] ??= null;
  if (event) {
    const endDate = event.endDate === undefined || event.endDate === null ? {} : { endDate: wholeSeconds(event.endDate) };
    copy['event'] = { ...(copy['event'] as object), startDate: wholeSeconds(event.startDate), ...endDate };
  }
  if (forward) copy['forward'] = eventMessage(forward, 'content.forward');
  if (contextInfo) copy['contextInfo'] = outgoingContext(contextInfo);
  return copy as unknown as AnyMessageContent;
}

/** Adds the kind of a poll's options, as phones do (zapo fb08dee). */
export function completePoll({ pollCreationMessage, pollCreationMessageV2, pollCreationMessageV3 }: proto.IMessage): void {
  const poll = pollCreationMessage ?? pollCreationMessageV2 ?? pollCreationMessageV3;
  if (poll) poll.pollContentType = proto.Message.PollContentType.TEXT;
}

/** Converts the `ContextInfo` of an event to Baileys' form. Throws `INVALID_ARGUMENTS`. */
export function outgoingContext(json: object): object {
  const parsed = parsedAs('content.contextInfo', () => proto.ContextInfo.fromObject(revived(json) as object));
  // A protobuf instance has an empty list for each missing field, which would delete the mentions.
  return proto.ContextInfo.toObject(parsed);
}

/** Converts validated options to Baileys' form, and turns off everything that Baileys would fetch itself. Throws like `outgoingContent`. */
export function generationOptions(id: string, options: SendOptions = {}): GenerationOptions {
  const { quoted, timestamp, messageId: _chosenBefore, correlation: _ours, linkPreview: _fetched, ...rest } = options;
  return {
    ...(present(revived(rest)) as MiscMessageGenerationOptions),
    ...(quoted ? { quoted: eventMessage(quoted as EventMessageJson, 'options.quoted') } : {}),
    ...(timestamp === undefined || timestamp === null ? {} : { timestamp: new Date(timestamp) }),
    messageId: id,
    // Baileys would fetch the picture of a group from a URL that WhatsApp provides, and fail for a group without a picture.
    getProfilePicUrl: undefined,
    getUrlInfo: undefined
  };
}

/** Converts a message in an event to protobuf, without the data that belonged to its own delivery. Throws `INVALID_ARGUMENTS`. */
function eventMessage(json: EventMessageJson, field: string): WAMessage {
  const message = parsedAs(`${field}.message`, () => {
    const { messageContextInfo: _secret, senderKeyDistributionMessage: _keys, ...content } = revived(json.message) as proto.IMessage;
    const parsed = proto.Message.fromObject(content);
    // Encoding checks the types, since `fromObject` accepts some wrong ones; `decode` sets only the fields that exist.
    return proto.Message.decode(proto.Message.encode(parsed).finish());
  });
  const inner = normalizeMessageContent(message);
  if (getContentType(inner ?? undefined) === undefined)
    throw invalid(`${field}.message`, 'its content is not of a kind that WhatsApp knows');
  return { key: present(revived(json.key)) as WAMessage['key'], message };
}

function parsedAs<T>(field: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw invalid(field, `it does not have the form that events have: ${cause instanceof Error ? cause.message : 'unreadable'}`);
  }
}

function invalid(field: string, what: string): WabusError {
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument ${field}: ${what}.`, details: { fields: { [field]: [what] } } });
}

/** Rounds a time down to seconds, the unit of the protocol: Baileys does not round the end of an event. */
function wholeSeconds(time: string | number): Date {
  return new Date(Math.floor(new Date(time).getTime() / 1_000) * 1_000);
}

/** Removes fields without a value, recursively: Baileys checks only whether a field exists, even if it is `null`. */
export function present(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(present);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(entries.map(([name, item]) => [name, present(item)]));
}
