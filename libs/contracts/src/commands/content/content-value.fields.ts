import { IsUrl, registerDecorator } from 'class-validator';
import { isBytesJson } from '../../json/json.codec.js';
import { Field, type FieldOptions, type LengthOptions } from '../../fields/request-fields.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
/** The range of a `Date`. */
const MAX_TIME_MS = 8.64e15;

function rule(name: string, message: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: property as string,
      options: { message: `$property must be ${message}` },
      validator: { validate }
    });
}

export interface BytesOptions extends LengthOptions {
  /** The exact number of bytes. */
  readonly exactly?: number;
}

/** Declares a field with bytes in the form that events have. By default it accepts 1 to 65,536 bytes. */
export function Bytes(meaning: string, { min = 1, max = 65_536, exactly, ...options }: BytesOptions = {}): PropertyDecorator {
  const [least, most] = exactly === undefined ? [min, max] : [exactly, exactly];
  const size = exactly === undefined ? `at most ${max} bytes` : `${exactly} bytes`;
  return Field(
    meaning,
    options,
    rule('isBytes', `${size} as {"type":"Buffer","data":<base64>}`, value => {
      if (!isBytesJson(value) || !BASE64.test(value.data)) return false;
      const length = Buffer.byteLength(value.data, 'base64');
      return length >= least && length <= most;
    })
  );
}

/** Declares a field with a point in time: an ISO text with a time zone, or milliseconds since 1970. */
export function Time(meaning: string, options: FieldOptions = {}): PropertyDecorator {
  return Field(
    meaning,
    options,
    rule('isTime', 'an ISO time with a time zone, such as 2026-01-31T18:00:00Z, or whole milliseconds since 1970', value =>
      typeof value === 'string'
        ? ISO_TIME.test(value) && !Number.isNaN(Date.parse(value))
        : Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_TIME_MS
    )
  );
}

/** Declares a field with an HTTP or HTTPS URL. Wabus passes it on to the recipient and never requests it. */
export function WebAddress(meaning: string, options: FieldOptions = {}): PropertyDecorator {
  return Field(
    meaning,
    options,
    IsUrl(
      { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
      { message: '$property must be an http or https URL of at most 2,083 characters' }
    )
  );
}

/** Declares a field with an object of WhatsApp's protocol in JSON, in the form that events have. */
export function ProtocolObject(meaning: string, options: FieldOptions = {}): PropertyDecorator {
  return Field(meaning, options, rule('isProtocolObject', 'an object in the form that events have', isObject));
}

/** Declares a field with a whole message as in `messages.upsert`. Only its key and the presence of content are validated. */
export function EventMessage(meaning: string, options: FieldOptions = {}): PropertyDecorator {
  return Field(
    meaning,
    options,
    rule('isEventMessage', 'a message in the form of messages.upsert: {key: {remoteJid, id, fromMe}, message: {…}}', isEventMessage)
  );
}

/** Declares a field with a message. For a message that events have reported, the key is enough: `{key: {id}}`. */
export function QuotedMessage(meaning: string, options: FieldOptions = {}): PropertyDecorator {
  return Field(
    meaning,
    options,
    rule(
      'isQuotedMessage',
      'a message in the form of messages.upsert, {key: {remoteJid, id, fromMe}, message: {…}}, or {key: {id}}',
      value => isEventMessage(value) || isMessageName(value)
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEventMessage(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['key'])) return false;
  const { remoteJid, id, fromMe, participant } = value['key'];
  const named = [remoteJid, id].every(text => typeof text === 'string' && text.length > 0 && text.length <= 128);
  const flags = [undefined, null, true, false].includes(fromMe as boolean);
  const author = participant === undefined || participant === null || typeof participant === 'string';
  return named && flags && author && isObject(value['message']) && Object.keys(value['message']).length > 0;
}

function isMessageName(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['key']) || (value['message'] !== undefined && value['message'] !== null)) return false;
  const { remoteJid, id, fromMe, participant } = value['key'];
  const texts = [remoteJid, participant].every(
    text => text === undefined || text === null || (typeof text === 'string' && text.length <= 128)
  );
  return typeof id === 'string' && id.length > 0 && id.length <= 128 && texts && [undefined, null, true, false].includes(fromMe as boolean);
}

/** A message as in its event, or only its key. */
export interface QuotedMessageJson {
  key: { remoteJid?: string | null; id: string; fromMe?: boolean | null; participant?: string | null };
  /** `proto.IMessage` as JSON. */
  message?: object | null;
}

/** A message as in `messages.upsert`. Its other fields are passed on unchanged. */
export interface EventMessageJson {
  key: { remoteJid: string; id: string; fromMe?: boolean | null; participant?: string | null };
  /** `proto.IMessage` as JSON. */
  message: object;
}
