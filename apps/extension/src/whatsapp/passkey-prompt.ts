import type { PasskeyAssertion, PasskeyOptions } from '@wabus/contracts';

/** The outcome of asking: `error` is the name of a `DOMException`, or `unsupported`. */
export type PromptOutcome = { readonly assertion: PasskeyAssertion } | { readonly error: string; readonly message: string };

/**
 * Asks the browser for the passkey and answers the assertion as WhatsApp wants it: without the fields that a browser's `toJSON()` adds.
 * Runs inside the page of WhatsApp: it may use nothing that stands outside of it.
 */
export async function promptForPasskey(options: PasskeyOptions): Promise<PromptOutcome> {
  const bytes = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), char => char.charCodeAt(0));
  const text = (buffer: ArrayBuffer): string =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');
  const converted = (): object => ({
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(one => ({ ...one, id: bytes(one.id) }))
  });
  try {
    if (!('credentials' in navigator) || typeof PublicKeyCredential !== 'function') return { error: 'unsupported', message: '' };
    const parsed =
      typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
        ? PublicKeyCredential.parseRequestOptionsFromJSON(options)
        : (converted() as PublicKeyCredentialRequestOptions);
    // Extensions that the browser's own conversion does not know are asked for as they came.
    const publicKey = { ...parsed, challenge: parsed.challenge, extensions: { ...options.extensions, ...parsed.extensions } };
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
    if (credential === null) return { error: 'NotAllowedError', message: '' };
    const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response as AuthenticatorAssertionResponse;
    return {
      assertion: {
        id: credential.id,
        rawId: text(credential.rawId),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientDataJSON),
          authenticatorData: text(authenticatorData),
          signature: text(signature),
          userHandle: userHandle === null ? null : text(userHandle)
        }
      }
    };
  } catch (thrown) {
    return thrown instanceof Error ? { error: thrown.name, message: thrown.message } : { error: 'Error', message: String(thrown) };
  }
}
