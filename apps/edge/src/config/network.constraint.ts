import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isNetwork } from '@wabus/runtime';

@ValidatorConstraint({ name: 'address or network' })
export class NetworkConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isNetwork(value);
  }

  defaultMessage(): string {
    return 'must be addresses or networks such as 10.0.0.0/8';
  }
}
