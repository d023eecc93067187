import { ValidateBy } from 'class-validator';
import { parseProxyAddress, ProxyAddressError } from './proxy-address.policy.js';

/** Validates that a text is an address that `parseProxyAddress` accepts. The error names the fault and never quotes the text, which may contain a password. */
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
