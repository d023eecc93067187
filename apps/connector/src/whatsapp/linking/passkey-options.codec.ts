import type { PasskeyOptions } from '@wabus/contracts';

const MAX_BYTES = 4_096;

/** The options in a `<passkey_request_options>`: UTF-8 JSON of 1 to 4,096 bytes. `null` when nobody could sign by them. */
export function parsePasskeyOptions(content: Uint8Array): PasskeyOptions | null {
  if (content.length === 0 || content.length > MAX_BYTES) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { challenge, rpId, allowCredentials = [] } = parsed as Record<string, unknown>;
  if (!isText(challenge) || !isText(rpId) || !Array.isArray(allowCredentials)) return null;
  const named = allowCredentials.every(credential => isText((credential as { id?: unknown } | null)?.id));
  return named ? (parsed as PasskeyOptions) : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
