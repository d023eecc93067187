import type { ErrorCode } from '../errors/error-codes.js';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import type { CommandRow } from './command-row.js';

/** The codes with which every command can fail. */
export const ERRORS_OF_EVERY_COMMAND: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'INVALID_REQUEST',
  'INVALID_ARGUMENTS',
  'UNKNOWN_SESSION',
  'TIMEOUT',
  'BROKER_UNAVAILABLE',
  'INTERNAL'
];
/** The codes with which every command that a connector runs can fail. */
export const ERRORS_OF_A_CONNECTION: readonly ErrorCode[] = [
  'NO_OWNER',
  'NOT_CONNECTED',
  'NOT_PAIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTCOME_UNKNOWN',
  'PAYLOAD_TOO_LARGE',
  'REFUSED_BY_WHATSAPP',
  'ADDRESS_UNKNOWN',
  'MESSAGE_UNKNOWN',
  'LID_REPLACED',
  'UNSUPPORTED_BY_WHATSAPP',
  'EGRESS_DENIED',
  'EGRESS_FAILED'
];
/** Codes of commands that send a message to a chat. */
const OF_FIRST_MESSAGES: readonly ErrorCode[] = ['NOT_ON_WHATSAPP', 'ACCOUNT_RESTRICTED'];
const OF_PASSKEYS: readonly ErrorCode[] = ['PASSKEY_NOT_REQUESTED'];
const OF_FILES: readonly ErrorCode[] = ['UNKNOWN_MEDIA'];
const OF_RECEIVED_FILES: readonly ErrorCode[] = ['MEDIA_GONE'];

/** Additional codes of individual commands. */
const OF_ONE: Partial<Record<CommandName, readonly ErrorCode[]>> = {
  sendMessage: [...OF_FIRST_MESSAGES, ...OF_FILES, ...OF_RECEIVED_FILES, 'CONVERSION_UNAVAILABLE'],
  relayMessage: OF_FIRST_MESSAGES,
  downloadMedia: [...OF_RECEIVED_FILES, 'LIMIT_REACHED'],
  updateMediaMessage: OF_RECEIVED_FILES,
  updateProfilePicture: OF_FILES,
  newsletterUpdatePicture: OF_FILES,
  updateCoverPhoto: OF_FILES,
  productCreate: OF_FILES,
  productUpdate: OF_FILES,
  requestPairingCode: ['ALREADY_PAIRED', 'QR_NOT_AVAILABLE'],
  restoreSession: ['ALREADY_PAIRED', 'NOT_FOUND'],
  getPasskey: OF_PASSKEYS,
  submitPasskeyAssertion: OF_PASSKEYS,
  confirmPasskey: OF_PASSKEYS,
  cancelPasskey: OF_PASSKEYS,
  createSession: ['SESSION_EXISTS'],
  getQr: ['QR_NOT_AVAILABLE', 'ALREADY_PAIRED']
};

/** Returns the additional codes of a command. Those in `ERRORS_OF_EVERY_COMMAND` and `ERRORS_OF_A_CONNECTION` are not included. */
export function ownErrorsOf(method: CommandName): readonly ErrorCode[] {
  return OF_ONE[method] ?? [];
}

/** Returns the codes with which at least one of these commands can fail. */
export function errorsOf(methods: readonly CommandName[]): ErrorCode[] {
  const special = methods.flatMap(method => [
    ...((COMMAND_CATALOG[method] as CommandRow).target === 'registry' ? [] : ERRORS_OF_A_CONNECTION),
    ...ownErrorsOf(method)
  ]);
  return [...new Set([...ERRORS_OF_EVERY_COMMAND, ...special])];
}
