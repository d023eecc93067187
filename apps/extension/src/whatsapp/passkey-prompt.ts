import type { PasskeyAssertion, PasskeyOptions } from '@wabus/contracts';

/** The outcome of a prompt: `error` is the name of a `DOMException`, or `unsupported`. */
export type PromptOutcome = { readonly assertion: PasskeyAssertion } | { readonly error: string; readonly message: string };

/**
 * Prompts for the passkey in the browser and returns the assertion in the form
 * that WhatsApp expects, without the fields that a browser's `toJSON()` adds.
 * Runs inside the WhatsApp page, so it must not use anything defined outside of itself.
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
    // The browser's conversion drops the extensions that it does not support, so they are passed on unchanged.
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
