import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isAllowEntry } from './address.guard.js';

/** One entry of `WABUS_EGRESS_ALLOW`. */
@ValidatorConstraint({ name: 'host name, address or network' })
export class AllowEntryConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isAllowEntry(value);
  }

  defaultMessage(): string {
    return 'must be host names, addresses or networks such as 10.0.0.0/8';
  }
}
