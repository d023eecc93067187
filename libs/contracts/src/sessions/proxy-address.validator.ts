import { ValidateBy } from 'class-validator';
import { parseProxyAddress, ProxyAddressError } from './proxy-address.policy.js';

/** A text that `parseProxyAddress` takes. The refusal says what is wrong and never quotes the text, which may hold a password. */
export function IsProxyAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isProxyAddress',
    validator: {
      validate: value => problemOf(value) === null,
      defaultMessage: args => `$property ${problemOf(args?.value) ?? 'must be the address of a proxy'}`
    }
  });
}

function problemOf(value: unknown): string | null {
  if (typeof value !== 'string') return 'must be a string';
  try {
    parseProxyAddress(value);
    return null;
  } catch (error) {
    if (error instanceof ProxyAddressError) return error.message;
    throw error;
  }
}
