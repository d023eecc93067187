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

/** A field that holds one object of a validated class. `ValidateNested` alone lets a missing value and an array pass. */
export function IsNested(type: () => new () => object): PropertyDecorator {
  const decorators = [IsObject(), ValidateNested(), Type(type)];
  return (target, property) => decorators.forEach(decorate => decorate(target, property));
}

/** The object in this field has exactly one of the named fields. */
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
  /** May be missing. */
  readonly optional?: boolean;
}

export interface LengthOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

/** What the fields of a request class mean, by name: for the documents that are made from it. */
export function fieldDescriptions(request: RequestClass): Readonly<Record<string, string>> {
  return (Reflect.getMetadata(DESCRIPTIONS, request.prototype as object) as Record<string, string> | undefined) ?? {};
}

/** The field may be missing. `null` counts as missing: many clients write a field that they leave out that way. */
export function MayBeMissing(): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }: { value: unknown }) => (value === null ? undefined : value))(target, property);
    IsOptional()(target, property);
  };
}

/** A field with its meaning and any validators. The other decorators here are made of it. */
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

/** Anybody or any group: a jid, a LID or a phone number; holds a jid once validated. */
export const Jid = (meaning: string, options: FieldOptions = {}): PropertyDecorator => jidField(meaning, JID, ANY, options);
/** A person: a jid, a LID or a phone number. */
export const UserJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator => jidField(meaning, PERSON_JID, USER, options);
/** A group or community. */
export const GroupJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator =>
  jidField(meaning, GROUP_JID, 'the jid of a group (…@g.us)', options);
/** A channel. */
export const NewsletterJid = (meaning: string, options: FieldOptions = {}): PropertyDecorator =>
  jidField(meaning, NEWSLETTER_JID, 'the jid of a channel (…@newsletter)', options);

/** A list of `Jid`. */
export const Jids = (meaning: string, options: LengthOptions = {}): PropertyDecorator => jidList(meaning, JID, ANY, options);
/** A list of `UserJid`. */
export const UserJids = (meaning: string, options: LengthOptions = {}): PropertyDecorator => jidList(meaning, PERSON_JID, USER, options);

/** 1 to 1,024 characters by default. */
export const Text = (meaning: string, { min = 1, max = 1_024, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsString(), Length(min, max));

/** A list of texts, 1 to 256 of them and each up to 1,024 characters by default. */
export const Texts = (meaning: string, { min = 1, max = 256, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsArray(), ArrayMinSize(min), ArrayMaxSize(max), IsString({ each: true }), Length(1, 1_024, { each: true }));

/** A whole number within bounds. */
export const Whole = (meaning: string, { min = 0, max = 2 ** 53 - 1, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsInt(), Min(min), Max(max));

/** A number within bounds, fractions included. */
export const Decimal = (meaning: string, { min = -1e15, max = 1e15, ...options }: LengthOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsNumber(), Min(min), Max(max));

export const Flag = (meaning: string, options: FieldOptions = {}): PropertyDecorator => Field(meaning, options, IsBoolean());

export const OneOf = (meaning: string, values: readonly unknown[], options: FieldOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsIn([...values]));

/** The classes of which an object may be, distinguished by a field that only one of them has. */
export interface ClassChoice {
  readonly byField: Readonly<Record<string, RequestClass>>;
  /** When it has none of those fields. */
  readonly otherwise: RequestClass;
}

/** The fields of a request class that hold an object of one of several classes: for the documents that are made from it. */
export function fieldChoices(request: RequestClass): Readonly<Record<string, ClassChoice>> {
  return (Reflect.getMetadata(CHOICES, request.prototype as object) as Record<string, ClassChoice> | undefined) ?? {};
}

/** One object of one of several validated classes. */
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

/** One object of a validated class. `ValidateNested` alone lets a missing value and an array pass. */
export const Nested = (meaning: string, type: () => RequestClass, options: FieldOptions = {}): PropertyDecorator =>
  Field(meaning, options, IsObject(), ValidateNested(), Type(type));

/** A list of objects of a validated class, 1 to 256 by default. */
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
