import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';

/** A field that holds one object of a validated class. `ValidateNested` alone lets a missing value and an array pass. */
export function IsNested(type: () => new () => object): PropertyDecorator {
  const decorators = [IsObject(), ValidateNested(), Type(type)];
  return (target, property) => decorators.forEach(decorate => decorate(target, property));
}
