import { registerDecorator } from 'class-validator';
import { isBytesJson } from '../../json/json.codec.js';
import { parseJid } from '../../ids/ids.js';
import { Field, Jid, Text, Whole } from '../../fields/request-fields.js';

/** A stanza in JSON. Bytes have the form `{type: 'Buffer', data: <base64>}`. */
export interface StanzaJson {
  tag: string;
  attrs: Record<string, string>;
  content?: string | StanzaJson[] | { type: 'Buffer'; data: string };
}

function isStanza(value: unknown): value is StanzaJson {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { tag, attrs, content, ...rest } = value as Partial<StanzaJson>;
  const attributes =
    typeof attrs === 'object' && attrs !== null && !Array.isArray(attrs) && Object.values(attrs).every(item => typeof item === 'string');
  const inner =
    content === undefined || typeof content === 'string' || isBytesJson(content) || (Array.isArray(content) && content.every(isStanza));
  return typeof tag === 'string' && tag.length > 0 && attributes && inner && Object.keys(rest).length === 0;
}

function IsStanza(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isStanza',
      target: target.constructor,
      propertyName: property as string,
      options: {
        message:
          "$property must be a stanza: {tag, attrs, content?} with texts as attrs, and text, stanzas or {type: 'Buffer', data: <base64>} as content"
      },
      validator: { validate: isStanza }
    });
}

function IsPlainObject(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isPlainObject',
      target: target.constructor,
      propertyName: property as string,
      options: { message: '$property must be an object' },
      validator: { validate: value => typeof value === 'object' && value !== null && !Array.isArray(value) }
    });
}

const areTexts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(item => typeof item === 'string');
/** The options of Baileys' `relayMessage` that are not plain values. Baileys ignores options that it does not have. */
const RELAY_OPTIONS: Readonly<Record<string, readonly [what: string, is: (value: unknown) => boolean]>> = {
  messageId: ['a text', value => typeof value === 'string' && value !== ''],
  participant: ['{jid, count?}', value => areTexts({ jid: (value as { jid?: unknown } | null)?.jid })],
  additionalAttributes: ['an object of strings', areTexts],
  additionalNodes: ['a list of stanzas', value => Array.isArray(value) && value.every(isStanza)],
  statusJidList: [
    'a list of jids',
    value => Array.isArray(value) && value.every(item => typeof item === 'string' && parseJid(item) !== null)
  ]
};

function relayOptionProblems(options: unknown): string[] {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return ['must be an object'];
  return Object.entries(RELAY_OPTIONS).flatMap(([name, [what, is]]) => {
    const value = (options as Record<string, unknown>)[name];
    return value === undefined || value === null || is(value) ? [] : [`.${name} must be ${what}`];
  });
}

function AreRelayOptions(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'areRelayOptions',
      target: target.constructor,
      propertyName: property as string,
      validator: {
        validate: value => relayOptionProblems(value).length === 0,
        defaultMessage: args =>
          relayOptionProblems(args?.value)
            .map(problem => `options${problem.startsWith('.') ? '' : ' '}${problem}`)
            .join('; ')
      }
    });
}

export class SendNodeRequest {
  @Field('The stanza.', {}, IsStanza())
  frame!: StanzaJson;
}

export class QueryRequest {
  @Field('The stanza, usually an `iq`. Wabus sets an id if it has none.', {}, IsStanza())
  node!: StanzaJson;

  @Whole('How long to wait for the reply, in ms.', { min: 100, max: 60_000, optional: true })
  timeoutMs?: number;
}

export class RelayOptions {
  @Text('The id to give the message.', { min: 8, max: 64, optional: true })
  messageId?: string;
}

export class RelayMessageRequest {
  @Jid('The recipient.')
  jid!: string;

  @Field(
    "The message as WhatsApp's protobuf `Message` in JSON, with bytes as `{type: 'Buffer', data: <base64>}`. Wabus does not check it further.",
    {},
    IsPlainObject()
  )
  message!: object;

  @Field('Options.', { optional: true }, IsPlainObject(), AreRelayOptions())
  options: RelayOptions = {};
}
