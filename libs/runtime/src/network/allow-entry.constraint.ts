import { Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { Setting } from '../config/setting.decorator.js';
import { isAllowEntry } from './address.guard.js';

/** One entry of `WABUS_EGRESS_ALLOW`. */
@ValidatorConstraint({ name: 'host name, address or network' })
class AllowEntryConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isAllowEntry(value);
  }

  defaultMessage(): string {
    return 'must be host names, addresses or networks such as 10.0.0.0/8, without scheme and port';
  }
}

/** `WABUS_EGRESS_ALLOW`, a list that is empty by default: a single setting of edges and connectors, whose guards must agree. */
export function EgressAllow(): PropertyDecorator {
  return (target, property) => {
    Setting({
      env: 'WABUS_EGRESS_ALLOW',
      description:
        'Host names, addresses and networks (such as 10.0.0.0/8), separated by commas, that webhooks, downloads and session proxies may use even if they are private or do not use https; none unless set. Use the same value for edges and connectors.'
    })(target, property);
    Validate(AllowEntryConstraint, { each: true })(target, property);
  };
}
