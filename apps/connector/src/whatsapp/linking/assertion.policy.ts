import { createHash } from 'node:crypto';
import { invalidArguments, type PasskeyAssertion, type PasskeyOptions } from '@wabus/contracts';

const MAX_BYTES = 16_384;
/** The minimum length: SHA-256 of the domain (32), flags (1) and counter (4). */
const AUTHENTICATOR_DATA_BYTES = 37;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const ORIGIN = /^https:\/\/(?:[a-z0-9-]+\.)*whatsapp\.com$/;

/** An assertion that has passed all checks. */
export interface CheckedAssertion {
  /** `rawId` as bytes. */
  readonly credentialId: Buffer;
  /** The JSON text that WhatsApp expects: exactly these fields, in this order. */
  readonly json: string;
}

type Problems = Record<string, string[]>;

/**
 * Checks an assertion as far as possible without WhatsApp's copy of the public key, and converts it to the form in which it is sent: an assertion that WhatsApp
 * refuses costs the account an attempt. Throws `INVALID_ARGUMENTS` with the names of the invalid fields, never with their contents.
 */
export function checkAssertion(value: unknown, options: PasskeyOptions): CheckedAssertion {
  const problems: Problems = {};
  const assertion = readAssertion(value, problems);
  if (assertion !== null) {
    checkCredential(assertion, options, problems);
    checkClientData(assertion, options, problems);
    checkAuthenticatorData(assertion, options, problems);
  }
  if (assertion === null || Object.keys(problems).length > 0) throw invalidArguments(problems);
  const json = JSON.stringify(assertion);
  if (Buffer.byteLength(json) > MAX_BYTES) throw invalidArguments({ assertion: [`must be at most ${MAX_BYTES} bytes as JSON`] });
  return { credentialId: bytesOf(assertion.rawId), json };
}

/** Returns the known fields in the order in which they are sent; `null` if one of them is missing or is not base64url. */
function readAssertion(value: unknown, problems: Problems): PasskeyAssertion | null {
  const fields = recordOf(value);
  const response = recordOf(fields['response']);
  const text = (from: Record<string, unknown>, name: string, path: string): string => {
    const found = from[name];
    if (typeof found === 'string' && BASE64URL.test(found)) return found;
    problems[path] = ['must be base64url without padding'];
    return '';
  };
  const assertion: PasskeyAssertion = {
    id: text(fields, 'id', 'assertion.id'),
    rawId: text(fields, 'rawId', 'assertion.rawId'),
    type: 'public-key',
    response: {
      clientDataJSON: text(response, 'clientDataJSON', 'assertion.response.clientDataJSON'),
      authenticatorData: text(response, 'authenticatorData', 'assertion.response.authenticatorData'),
      signature: text(response, 'signature', 'assertion.response.signature'),
      userHandle: given(response['userHandle']) ? text(response, 'userHandle', 'assertion.response.userHandle') : null
    }
  };
  if (fields['type'] !== 'public-key') problems['assertion.type'] = ['must be public-key'];
  return Object.keys(problems).length === 0 ? assertion : null;
}

function checkCredential({ id, rawId }: PasskeyAssertion, { allowCredentials = [] }: PasskeyOptions, problems: Problems): void {
  if (id !== rawId) problems['assertion.rawId'] = ['must equal id'];
  const allowed = allowCredentials.some(credential => sameBytes(credential.id, id));
  if (allowCredentials.length > 0 && !allowed) problems['assertion.id'] = ['must be one of the passkeys that WhatsApp asks for'];
}

function checkClientData({ response }: PasskeyAssertion, { challenge }: PasskeyOptions, problems: Problems): void {
  const field = 'assertion.response.clientDataJSON';
  const data = jsonOf(bytesOf(response.clientDataJSON));
  const wrong = (problem: string): void => void (problems[field] ??= []).push(problem);
  if (data === null) return wrong('must be JSON that a browser created');
  if (data['type'] !== 'webauthn.get') wrong('must have the type webauthn.get');
  if (data['challenge'] !== challenge) wrong('must answer the current challenge: ask for the passkey again');
  if (typeof data['origin'] !== 'string' || !ORIGIN.test(data['origin'])) wrong('must come from a page of https://web.whatsapp.com');
  if (given(data['crossOrigin']) && data['crossOrigin'] !== false) wrong('must not come from a frame of another site');
}

function checkAuthenticatorData({ response }: PasskeyAssertion, { rpId }: PasskeyOptions, problems: Problems): void {
  const field = 'assertion.response.authenticatorData';
  const data = bytesOf(response.authenticatorData);
  const wrong = (problem: string): void => void (problems[field] ??= []).push(problem);
  if (data.length < AUTHENTICATOR_DATA_BYTES) return wrong(`must be at least ${AUTHENTICATOR_DATA_BYTES} bytes`);
  if (!data.subarray(0, 32).equals(createHash('sha256').update(rpId).digest())) wrong('must be for the domain that WhatsApp asks for');
  const flags = data[32]!;
  if ((flags & USER_PRESENT) === 0) wrong('must state that a person was present');
  if ((flags & USER_VERIFIED) === 0) wrong('must state that the person was verified');
}

const given = (value: unknown): boolean => value !== undefined && value !== null;
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');
const sameBytes = (one: string, other: string): boolean => bytesOf(one).equals(bytesOf(other));

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function jsonOf(bytes: Buffer): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
