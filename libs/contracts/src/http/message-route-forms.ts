import { parseBody } from '../commands/command-arguments.policy.js';
import { EventMessage, type EventMessageJson } from '../commands/content/content-value.fields.js';
import { PINNED_SECONDS } from '../commands/content/message.content.js';
import { Flag, Jid, Jids, OneOf, Text } from '../fields/request-fields.js';

/** A form of a request that is easier to write than the arguments of its command. */
export interface RouteForm {
  /** The class that validates the combined fields of the path and of the body or query. */
  readonly request: new () => object;
  /**
   * Converts the fields of a request to the arguments of the command.
   * @throws {WabusError} `INVALID_ARGUMENTS`, which names the fields of the form
   */
  readonly argumentsOf: (said: Record<string, unknown>) => Record<string, unknown>;
}

const form = <Fields extends object>(request: new () => Fields, argumentsOf: (fields: Fields) => Record<string, unknown>): RouteForm => ({
  request,
  argumentsOf: said => argumentsOf(parseBody(request, said))
});

/** The fields of a request whose address names the message. */
export class AddressedMessage {
  @Jid('The chat of the message.')
  jid!: string;

  @Text('The id of the message.', { max: 128 })
  messageId!: string;

  @Flag('Whether the account of the session sent the message.', { optional: true })
  fromMe?: boolean;

  @Jid('The author of the message, in a group.', { optional: true })
  participant?: string;
}

export class MessageReaction extends AddressedMessage {
  @Text('One emoji.', { max: 64 })
  text!: string;
}

export class MessageEdit {
  @Jid('The chat of the message.')
  jid!: string;

  @Text('The id of the message, which the account must have sent.', { max: 128 })
  messageId!: string;

  @Text('The new text.', { max: 65_536 })
  text!: string;

  @Jids('The people mentioned; the text contains `@<user>` for each.', { min: 0, max: 1_024, optional: true })
  mentions?: string[];
}

export class MessagePin extends AddressedMessage {
  @OneOf('For how many seconds the message is pinned: 86400 (the default), 604800 or 2592000.', PINNED_SECONDS, { optional: true })
  time?: (typeof PINNED_SECONDS)[number];
}

export class ForwardedMessage {
  @Jid('The recipient of the forwarded message.')
  jid!: string;

  @EventMessage('The message, as in its event.')
  message!: EventMessageJson;

  @Flag("Whether the account's own messages are marked as forwarded too.", { optional: true })
  force?: boolean;
}

/** Omits what the caller did not say about the author: `completedReferences` adds it from past events. */
function keyOf({ jid, messageId, fromMe, participant }: AddressedMessage): Record<string, unknown> {
  return { remoteJid: jid, id: messageId, ...given({ fromMe: fromMe ?? (participant ? false : undefined), participant }) };
}

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

/** The forms of requests about one message, which are converted to arguments of `sendMessage`, `star` and `readMessages`. */
export const MESSAGE_FORMS = {
  react: form(MessageReaction, fields => ({ jid: fields.jid, content: { react: { text: fields.text, key: keyOf(fields) } } })),
  unreact: form(AddressedMessage, fields => ({ jid: fields.jid, content: { react: { text: '', key: keyOf(fields) } } })),
  edit: form(MessageEdit, ({ jid, messageId, text, mentions }) => ({
    jid,
    content: given({ text, mentions, edit: { remoteJid: jid, id: messageId, fromMe: true } })
  })),
  revoke: form(AddressedMessage, fields => ({ jid: fields.jid, content: { delete: keyOf(fields) } })),
  pin: form(MessagePin, fields => ({ jid: fields.jid, content: given({ pin: keyOf(fields), type: 1, time: fields.time }) })),
  unpin: form(AddressedMessage, fields => ({ jid: fields.jid, content: { pin: keyOf(fields), type: 2 } })),
  star: form(AddressedMessage, fields => starred(fields, true)),
  unstar: form(AddressedMessage, fields => starred(fields, false)),
  read: form(AddressedMessage, fields => ({ keys: [keyOf(fields)] })),
  forward: form(ForwardedMessage, ({ jid, message, force }) => ({ jid, content: given({ forward: message, force }) }))
} satisfies Record<string, RouteForm>;

function starred(fields: AddressedMessage, star: boolean): Record<string, unknown> {
  const { remoteJid: jid, ...message } = keyOf(fields);
  return { jid, messages: [message], star };
}
