import { existsSync } from 'node:fs';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { parseServerAddress, sharedCredentials, type ServerCredentials } from './server-address.codec.js';

interface Credentialed {
  readonly natsToken?: string;
  readonly natsUser?: string;
  readonly natsPassword?: string;
}

/** Validates that every address can be parsed, and that credentials are given either in the addresses or in their own settings, not both. */
export function AreServerAddresses(): PropertyDecorator {
  return ValidateBy({
    name: 'serverAddresses',
    validator: {
      validate: (_value, args) => faultOf(args) === null,
      defaultMessage: args => faultOf(args) ?? ''
    }
  });
}

/** Validates that the file exists. Its content is checked only when it is used. */
export function IsExistingFile(): PropertyDecorator {
  return ValidateBy({
    name: 'existingFile',
    validator: {
      validate: value => typeof value === 'string' && existsSync(value),
      defaultMessage: () => 'must be the path of an existing file'
    }
  });
}

function faultOf(args: ValidationArguments | undefined): string | null {
  if (!Array.isArray(args?.value)) return 'must be a list of addresses';
  let credentials: ServerCredentials | null;
  try {
    credentials = sharedCredentials(args.value.map(item => parseServerAddress(String(item))));
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
  const { natsToken, natsUser, natsPassword } = args.object as Credentialed;
  const otherwise = [natsToken, natsUser, natsPassword].some(value => value !== undefined);
  return credentials !== null && otherwise
    ? 'contains a user or token, but WABUS_NATS_USER, WABUS_NATS_PASSWORD or WABUS_NATS_TOKEN is set too: keep one'
    : null;
}
