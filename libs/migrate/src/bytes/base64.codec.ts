const CHUNK = 0x2000;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK) text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
}

/** Decodes base64 or URL-safe base64; returns `null` for any other text. */
export function fromBase64(text: string): Uint8Array | null {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  if (!BASE64.test(plain) || plain.replaceAll('=', '').length % 4 === 1) return null;
  return Uint8Array.from(atob(plain), character => character.charCodeAt(0));
}
