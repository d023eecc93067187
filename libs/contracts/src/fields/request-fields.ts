import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
  registerDecorator
} from 'class-validator';
import 'reflect-metadata';
import { GROUP_JID, JID, NEWSLETTER_JID, PERSON_JID, parseJid } from '../ids/ids.js';

/** Declares a field with one object of a validated class. `ValidateNested` alone accepts a missing value and an array. */
export function IsNested(type: () => new () => object): PropertyDecorator {
  const decorators = [IsObject(), ValidateNested(), Type(type)];
  return (target, property) => decorators.forEach(decorate => decorate(target, property));
}

/** Validates that the object in this field has exactly one of the named fields. */
export function ExactlyOne(names: readonly string[]): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'exactlyOne',
      target: target.constructor,
      propertyName: property as string,
      options: { message: `$property must contain exactly one of ${names.join(', ')}` },
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          names.filter(name => Object.hasOwn(value, name) && (value as Record<string, unknown>)[name] !== undefined).length === 1
      }
    });
}

const DESCRIPTIONS = Symbol('descriptions of fields');
const CHOICES = Symbol('classes of a field');

type RequestClass = new () => object;

export interface FieldOptions {
  /** Whether the field may be missing. */
  readonly optional?: boolean;
}

export interface LengthOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** Returns the descriptions of the fields of a request class, by name, for generated documents. */
export function fieldDescriptions(request: RequestClass): Readonly<Record<string, string>> {
  return (Reflect.getMetadata(DESCRIPTIONS, request.prototype as object) as Record<string, string> | undefined) ?? {};
}

/** Permits the field to be missing. `null` counts as missing, because many clients write it for a field that they leave out. */
export function MayBeMissing(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => (value === null ? undefined : value))(target, property);
    IsOptional()(target, property);
  };
}

/** Declares a field with its description and any validators. The other decorators in this file are based on it. */
export function Field(meaning: string, { optional = false }: FieldOptions, ...validators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    Reflect.defineMetadata(
      DESCRIPTIONS,
      { ...fieldDescriptions(target.constructor as RequestClass), [property as string]: meaning },
      target
    );
    for (const decorate of optional ? [MayBeMissing(), ...validators] : validators) decorate(target, property);
  };
}

const asJid = (value: unknown): unknown => (typeof value === 'string' ? (parseJid(value) ?? value) : value);

function jidField(meaning: string, pattern: RegExp, message: string, options: FieldOptions): PropertyDecorator {
  return Field(
    meaning,
    options,
    Transform(({ value }: { value: unknown }) => asJid(value)),
    IsString(),
    Matches(pattern, { message: `$property must be ${message}` })
  );
}

function jidList(meaning: string, pattern: RegExp, message: string, { max = 256, min = 1, ...options }: LengthOptions): PropertyDecorator {
  return Field(
    meaning,
    options,
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(asJid) : value)),
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsString({ each: true }),
    Matches(pattern, { each: true, message: `each value in $property must be ${message}` })
  );
}

const ANY = 'a jid (…@s.whatsapp.net, …@lid, …@g.us) or a phone number in international format';
const USER = 'a jid of a person (…@s.whatsapp.net, …@lid) or a phone number in international format';

/** Declares a field with any person or group: a jid, a LID or a phone number. After validation, the field has a jid. */
export const Jid = (meaning: string, options: FieldOptions = {}): PropertyDecorator => jidField(meaning, JID, ANY, options);
/** Declares a field with a person: a jid, a LID or a phone number. */
export const UserJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator => jidField(meaning, PERSON_JID, USER, options);
/** Declares a field with a group or community. */
export const GroupJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator =>
  jidField(meaning, GROUP_JID, 'the jid of a group (…@g.us)', options);
/** Declares a field with a channel. */
export const NewsletterJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator =>
  jidField(meaning, NEWSLETTER_JID, 'the jid of a channel (…@newsletter)', options);

/** Declares a field with a list of values of `Jid`. */
export const Jids = (meaning: string, options: LengthOptions = {}): PropertyDecorator => jidList(meaning, JID, ANY, options);
/** Declares a field with a list of values of `UserJid`. */
export const UserJids = (meaning: string, options: LengthOptions = {}): PropertyDecorator => jidList(meaning, PERSON_JID, USER, options);

/** Declares a field with a text of 1 to 1,024 characters by default. */
export const Text = (meaning: string, { min = 1, max = 1_024, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsString(), Length(min, max));

/** Declares a field with a list of texts: by default 1 to 256 texts, each of 1 to 1,024 characters. */
export const Texts = (meaning: string, { min = 1, max = 256, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsArray(), ArrayMinSize(min), ArrayMaxSize(max), IsString({ each: true }), Length(1, 1_024, { each: true }));

/** Declares a field with an integer within bounds. */
export const Whole = (meaning: string, { min = 0, max = 2 ** 53 - 1, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsInt(), Min(min), Max(max));

/** Declares a field with a number within bounds, including fractions. */
export const Decimal = (meaning: string, { min = -1e15, max = 1e15, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsNumber(), Min(min), Max(max));

export const Flag = (meaning: string, options: FieldOptions = {}): PropertyDecorator => Field(meaning, options, IsBoolean());

export const OneOf = (meaning: string, values: readonly unknown[], options: FieldOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsIn([...values]));

/** The classes that an object may have, distinguished by a field that only one of them has. */
export interface ClassChoice {
  readonly byField: Readonly<Record<string, RequestClass>>;
  /** The class of an object that has none of those fields. */
  readonly otherwise: RequestClass;
}

/** Returns the fields of a request class whose object has one of several classes, for generated documents. */
export function fieldChoices(request: RequestClass): Readonly<Record<string, ClassChoice>> {
  return (Reflect.getMetadata(CHOICES, request.prototype as object) as Record<string, ClassChoice> | undefined) ?? {};
}

/** Declares a field with one object of one of several validated classes. */
export function NestedByField(meaning: string, choice: ClassChoice): PropertyDecorator {
  const classOf = (value: unknown): RequestClass => {
    const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    const given = Object.keys(choice.byField).find(name => fields[name] !== undefined);
    return given === undefined ? choice.otherwise : choice.byField[given]!;
  };
  return (target, property) => {
    const name = property as string;
    Reflect.defineMetadata(CHOICES, { ...fieldChoices(target.constructor as RequestClass), [name]: choice }, target);
    const type = Type(options => classOf((options?.object as Record<string, unknown> | undefined)?.[name]));
    Field(meaning, {}, IsObject(), ValidateNested(), type)(target, property);
  };
}

/** Declares a field with one object of a validated class. `ValidateNested` alone accepts a missing value and an array. */
export const Nested = (meaning: string, type: () => RequestClass, options: FieldOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsObject(), ValidateNested(), Type(type));

/** Declares a field with a list of objects of a validated class, 1 to 256 by default. */
export const NestedList = (
  meaning: string,
  type: () => RequestClass,
  { min = 1, max = 256, ...options }: LengthOptions = {}
): PropertyDecorator =>
  Field(
    meaning,
    options,
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type)
  );
