import { createHash, verify, type KeyObject } from 'node:crypto';

/** WhatsApp's page and the identity to which its passkeys are bound; a passkey of `whatsapp.com` signs only for its subdomains. */
export const RELYING_PARTY = 'whatsapp.com';
export const ORIGIN = 'https://web.whatsapp.com';

const ASSERTION_KEYS = ['id', 'rawId', 'type', 'response'];
const RESPONSE_KEYS = ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'];
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const RP_HASH_BYTES = 32;
const MIN_AUTHENTICATOR_DATA_BYTES = 37;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/** The values against which the service checks an assertion. */
export interface ExpectedAssertion {
  challenge: string;
  credentialId: Buffer;
  publicKey: KeyObject;
}

/**
 * Returns why the service refuses an assertion; `undefined` if it accepts it. The form (keys and their order,
 * base64url without padding, nothing that a browser's `toJSON()` adds) is that of the implementations that
 * are known to work, whatsmeow PR 1186 and zapo; the contents are those of WebAuthn, section 7.2.
 */
export function assertionFault(json: Buffer, credentialId: Buffer, expected: ExpectedAssertion): string | undefined {
  const assertion = readJson(json);
  const response = isRecord(assertion?.['response']) ? assertion['response'] : undefined;
  if (!assertion || !response) return 'the assertion is no JSON object with a response';
  if (!hasExactly(assertion, ASSERTION_KEYS) || !hasExactly(response, RESPONSE_KEYS))
    return 'the assertion has other keys or another order';
  const { id, rawId } = assertion;
  if (typeof id !== 'string' || id !== rawId) return 'id and rawId differ';
  if (assertion['type'] !== 'public-key') return 'type is not public-key';
  const { userHandle } = response;
  if (userHandle !== null && !isBase64Url(userHandle)) return 'userHandle is neither base64url nor null';
  const texts = [id, response['clientDataJSON'], response['authenticatorData'], response['signature']];
  if (!texts.every(isBase64Url)) return 'a value is not base64url without padding';
  const [rawCredential, clientData, authenticatorData, signature] = texts.map(text => Buffer.from(text, 'base64url')) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer
  ];
  if (!rawCredential.equals(credentialId)) return 'credential_id is not rawId';
  if (!credentialId.equals(expected.credentialId)) return 'the account has no such credential';
  return (
    clientDataFault(clientData, expected.challenge) ??
    authenticatorDataFault(authenticatorData) ??
    signatureFault(Buffer.concat([authenticatorData, sha256(clientData)]), signature, expected.publicKey)
  );
}

function clientDataFault(bytes: Buffer, challenge: string): string | undefined {
  const data = readJson(bytes);
  if (!data) return 'clientDataJSON is no JSON object';
  if (data['type'] !== 'webauthn.get') return 'clientDataJSON has another type';
  if (data['challenge'] !== challenge) return 'clientDataJSON has another challenge';
  if (data['origin'] !== ORIGIN) return 'clientDataJSON has another origin';
  if (data['crossOrigin'] === true) return 'clientDataJSON comes from a frame of another origin';
  return undefined;
}

function authenticatorDataFault(data: Buffer): string | undefined {
  if (data.length < MIN_AUTHENTICATOR_DATA_BYTES) return 'authenticatorData is too short';
  if (!data.subarray(0, RP_HASH_BYTES).equals(sha256(Buffer.from(RELYING_PARTY)))) return 'authenticatorData is for another rpId';
  const flags = data[RP_HASH_BYTES] ?? 0;
  if ((flags & USER_PRESENT) === 0) return 'the user was not present';
  if ((flags & USER_VERIFIED) === 0) return 'the user was not verified';
  return undefined;
}

function signatureFault(signed: Buffer, signature: Buffer, publicKey: KeyObject): string | undefined {
  // Ed25519 includes its own hash; ES256 and RS256 use SHA-256.
  const hash = publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(hash, signed, publicKey, signature) ? undefined : 'the signature does not hold';
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function readJson(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasExactly(value: Record<string, unknown>, keys: string[]): boolean {
  const own = Object.keys(value);
  return own.length === keys.length && own.every((key, index) => key === keys[index]);
}

function isBase64Url(value: unknown): value is string {
  return typeof value === 'string' && BASE64URL.test(value);
}
