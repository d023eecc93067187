import { registerDecorator } from 'class-validator';

/** The object in this field has exactly one of the named fields. */
export function ExactlyOne(names: readonly string[]): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'exactlyOne',
      target: target.constructor,
      propertyName: property as string,
      options: { message: `$property must have exactly one of ${names.join(', ')}` },
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          names.filter(name => Object.hasOwn(value, name) && (value as Record<string, unknown>)[name] !== undefined).length === 1
      }
    });
}
